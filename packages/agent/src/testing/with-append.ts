import type { StoredEvent } from '../state/events.ts'
import type { RunLease, RunStore } from '../store/run-store.ts'

/** Stands around one append: calls it, or does not. */
export type AroundAppend = (
  append: () => Promise<void>,
  lease: RunLease,
  events: readonly StoredEvent[],
) => Promise<void>

/** The same store with something around each of its appends. */
export function withAppend(store: RunStore, around: AroundAppend): RunStore {
  return {
    read: (runId, from) => store.read(runId, from),
    list: (filter) => store.list(filter),
    delete: (runId) => store.delete(runId),
    async claim(runId) {
      const lease = await store.claim(runId)
      return {
        runId,
        lost: lease.lost,
        get length() {
          return lease.length
        },
        append: async (at, events, options) => around(() => lease.append(at, events, options), lease, events),
        release: () => lease.release(),
      }
    },
  }
}
