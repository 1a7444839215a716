/** One transaction for all writes of a moment: many runs share the cost of one sync to disk. */

import { StoreError } from '../errors/store-error.ts'
import { type DatabaseSync, storeFault } from './sqlite.ts'

export interface GroupCommit {
  /**
   * Does the work in the transaction of this moment; resolves once that is on disk. Work may refuse itself with a
   * StoreError before it writes anything.
   */
  commit<T>(work: () => T): Promise<T>
  /** Writes what waits, now. */
  flush(): void
}

interface Waiting {
  readonly work: () => unknown
  readonly resolve: (value: any) => void
  readonly reject: (error: StoreError) => void
}

/**
 * @param path names the store in errors
 * @param alone whether nobody else is there to wait for: the moment then ends before the turn of the event loop does
 */
export function groupCommit(database: DatabaseSync, path: string, alone: () => boolean): GroupCommit {
  const begin = database.prepare('begin immediate')
  const end = database.prepare('commit')
  let waiting: Waiting[] = []

  function write(batch: readonly Waiting[]): void {
    const settle: (() => void)[] = []
    let begun = false
    try {
      begin.run()
      begun = true
      for (const each of batch) settle.push(settled(each))
      end.run()
    } catch (cause) {
      if (database.isTransaction) database.exec('rollback')
      // One write that cannot be done (too large, or the last bit of space) takes nobody with it.
      if (begun && batch.length > 1) for (const each of batch) write([each])
      else for (const { reject } of batch) reject(storeFault(cause, path))
      return
    }
    for (const each of settle) each()
  }

  function flush(): void {
    const batch = waiting
    waiting = []
    if (batch.length > 0) write(batch)
  }

  return {
    commit: (work) =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) (alone() ? process.nextTick : setImmediate)(flush)
        waiting.push({ work, resolve, reject })
      }),
    flush,
  }
}

/** Does the work; what it comes to is told after the commit. */
function settled({ work, resolve, reject }: Waiting): () => void {
  try {
    const value = work()
    return () => resolve(value)
  } catch (refusal) {
    if (refusal instanceof StoreError) return () => reject(refusal)
    throw refusal
  }
}
