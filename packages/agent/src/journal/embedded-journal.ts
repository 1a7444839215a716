/** The journal of a process of its own: effects run here, their events go into a `RunStore`. */

import type { LiveEvent, RecordedEvent, RunEvent, StoredEvent } from '../events.ts'
import type { Decision, Pending } from '../pending.ts'
import type { RunLease } from '../store/run-store.ts'
import type { Effect, Journal, NamedEffect } from './journal.ts'

export interface EmbeddedOptions {
  readonly lease: RunLease
  /** fires when the run is to stop: aborted by its caller, or taken over by another owner */
  readonly signal: AbortSignal
  /** milliseconds since 1970 */
  readonly now: () => number
  /** told every event, recorded ones once they are durable */
  readonly show: (event: RunEvent) => void
  readonly decide: (pending: readonly Pending[]) => Promise<Decision | undefined>
  /** takes the messages that were sent in */
  readonly sent: () => readonly RecordedEvent[]
}

export function embeddedJournal({ lease, signal, now, show, decide, sent }: EmbeddedOptions): Journal {
  const { runId } = lease
  // Appends go one after the other: each is stamped with its place when its turn comes.
  let turn: Promise<unknown> = Promise.resolve()
  const append = (events: readonly RecordedEvent[]): Promise<readonly StoredEvent[]> => {
    if (events.length === 0) return Promise.resolve([])
    const written = turn.then(async () => {
      const at = lease.length
      const time = now()
      const stamped = events.map((event, index): StoredEvent => ({ ...event, runId, at: at + index, time }))
      await lease.append(at, stamped)
      for (const event of stamped) show(event)
      return stamped
    })
    turn = written.catch(() => {})
    return written
  }
  const live = (event: LiveEvent) => show({ ...event, runId, at: lease.length - 1, time: now() })
  const perform = async (name: string, effect: Effect) =>
    append(await effect({ key: `${runId}/${name}`, signal, live }))
  return {
    runId,
    perform,
    async all(effects: readonly NamedEffect[]) {
      const [only] = effects
      if (only && effects.length === 1) return [await perform(only.name, only.effect)]
      const settled = await Promise.allSettled(effects.map(({ name, effect }) => perform(name, effect)))
      return settled.map((each) => {
        if (each.status === 'rejected') throw each.reason
        return each.value
      })
    },
    note: append,
    wait: (_, pending) => decide(pending),
    sent,
  }
}
