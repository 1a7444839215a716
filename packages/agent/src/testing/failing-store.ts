import { StoreError, type StoreReason } from '../errors/store-error.ts'
import type { RunStore } from '../store/run-store.ts'
import { withAppend } from './with-append.ts'

/** Which appends fail, and as what. */
export interface FailingStoreOptions {
  /** which append is the first to fail, from 0, counted over all runs of the store; the first one when left out */
  at?: number | undefined
  /** how many fail; 1 when left out, `Infinity` for good */
  times?: number | undefined
  /** `full` when left out */
  reason?: StoreReason | undefined
}

/** A store whose appends fail as told, with nothing written: a disk that is full for a moment, or for good. */
export function failingStore(store: RunStore, options: FailingStoreOptions = {}): RunStore {
  const { at = 0, times = 1, reason = 'full' } = options
  let appends = 0
  return withAppend(store, (append, lease) => {
    const number = appends++
    if (number < at || number >= at + times) return append()
    throw new StoreError(reason, `Append ${number} fails by plan.`, { runId: lease.runId })
  })
}
