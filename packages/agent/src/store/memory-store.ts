/** Runs in the memory of this process: for tests, and for runs that need not outlive it. */

import { StoreError } from '../errors/store-error.ts'
import { checkRunId } from '../run/run-id.ts'
import type { StoredEvent } from '../state/events.ts'
import type { RunLease, RunStore } from './run-store.ts'
import { summaryOf } from './summary.ts'

interface Entry {
  readonly events: StoredEvent[]
  owner: AbortController | undefined
}

/** What it gives back is what was written: events are frozen, not copied. */
export function memoryStore(): RunStore {
  const runs = new Map<string, Entry>()
  return {
    async read(runId, from = 0) {
      checkRunId(runId)
      return runs.get(runId)?.events.slice(from) ?? []
    },
    async claim(runId) {
      checkRunId(runId)
      const entry = runs.get(runId) ?? { events: [], owner: undefined }
      if (entry.owner) throw new StoreError('locked', `The run ${runId} is under way in this process.`, { runId })
      runs.set(runId, entry)
      entry.owner = new AbortController()
      return new MemoryLease(runs, runId, entry, entry.owner)
    },
    async *list({ status } = {}) {
      for (const { events } of [...runs.values()].reverse()) {
        const summary = summaryOf(events)
        if (summary && (status === undefined || summary.status === status)) yield summary
      }
    },
    async delete(runId) {
      checkRunId(runId)
      runs.get(runId)?.owner?.abort(new StoreError('stale', `The run ${runId} was deleted.`))
      runs.delete(runId)
    },
  }
}

const written = Promise.resolve()

class MemoryLease implements RunLease {
  readonly runId: string
  readonly lost: AbortSignal
  readonly #runs: Map<string, Entry>
  readonly #entry: Entry
  readonly #owner: AbortController

  constructor(runs: Map<string, Entry>, runId: string, entry: Entry, owner: AbortController) {
    this.runId = runId
    this.lost = owner.signal
    this.#runs = runs
    this.#entry = entry
    this.#owner = owner
  }

  get length(): number {
    return this.#entry.events.length
  }

  append(at: number, events: readonly StoredEvent[]): Promise<void> {
    const { runId } = this
    if (!this.#own() || at !== this.length)
      return Promise.reject(
        new StoreError('stale', `The run ${runId} went on elsewhere; nothing was written.`, { runId }),
      )
    for (const event of events) this.#entry.events.push(event)
    return written
  }

  async release(): Promise<void> {
    if (!this.#own()) return
    this.#entry.owner = undefined
    if (this.length === 0) this.#runs.delete(this.runId)
  }

  #own(): boolean {
    return this.#entry.owner === this.#owner && this.#runs.get(this.runId) === this.#entry
  }
}
