import { StoreError } from '../errors/store-error.ts'
import type { RunLease, RunStore } from '../store/run-store.ts'

/** Where a process dies: at which append of its store, counted from 0 over all runs, and on which side of it. */
export interface CrashPoint {
  readonly append: number
  /** `before`: nothing of it is written; `after`: it is durable, and nobody was told */
  readonly side: 'before' | 'after'
}

/** A store that counts, and dies at its point. */
export interface CrashingStore extends RunStore {
  /** whether the point was reached */
  readonly crashed: boolean
  /** appends so far */
  readonly appends: number
}

/**
 * The store as a process sees it that dies at this point: from then on nothing is written, nothing is answered but an
 * error, and its runs are free for others. Effects that are under way see their signal fire.
 */
export function crashingStore(store: RunStore, point?: CrashPoint): CrashingStore {
  const leases = new Map<RunLease, AbortController>()
  let appends = 0
  let crashed = false

  async function crash(): Promise<never> {
    crashed = true
    for (const [lease, lost] of leases) {
      await lease.release()
      lost.abort(dead())
    }
    throw dead()
  }

  function alive(): void {
    if (crashed) throw dead()
  }

  return {
    get crashed() {
      return crashed
    },
    get appends() {
      return appends
    },
    async read(runId, from) {
      alive()
      return store.read(runId, from)
    },
    list(filter) {
      alive()
      return store.list(filter)
    },
    async delete(runId) {
      alive()
      return store.delete(runId)
    },
    async claim(runId) {
      alive()
      const lease = await store.claim(runId)
      const lost = new AbortController()
      lease.lost.addEventListener('abort', () => lost.abort(lease.lost.reason), { once: true })
      leases.set(lease, lost)
      return {
        runId,
        lost: lost.signal,
        get length() {
          return lease.length
        },
        async append(at, events, options) {
          alive()
          const number = appends++
          if (number === point?.append && point.side === 'before') return crash()
          await lease.append(at, events, options)
          if (number === point?.append) return crash()
        },
        async release() {
          leases.delete(lease)
          if (!crashed) await lease.release()
        },
      }
    },
  }
}

function dead(): StoreError {
  return new StoreError('closed', 'The process of this store has died, by plan.')
}
