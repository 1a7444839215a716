/** The journal of a process of its own: effects run here, their events go into a `RunStore`. */

import { isEnd, type LiveEvent, type RecordedEvent, type RunEvent, type StoredEvent } from '../state/events.ts'
import type { Decision, Pending } from '../state/pending.ts'
import type { RunLease } from '../store/run-store.ts'
import { allOf } from './all-of.ts'
import { type Followers, follow } from './followers.ts'
import type { Ahead, Effect, Journal, NamedEffect } from './journal.ts'

export interface EmbeddedOptions {
  readonly lease: RunLease
  /** fires when the run is to stop: aborted by its caller, or taken over by another owner */
  readonly signal: AbortSignal
  /** milliseconds since 1970 */
  readonly now: () => number
  /** told every event, recorded ones once they are durable */
  readonly show: (event: RunEvent) => void
  /** whether anybody sees a live event */
  readonly watched: () => boolean
  readonly decide: (pending: readonly Pending[]) => Promise<Decision | undefined>
  /** takes the messages that were sent in */
  readonly sent: () => readonly RecordedEvent[]
  /** told why events could not be written that effects had run ahead of: those have to stop */
  readonly abandon: (reason: unknown) => void
}

/** What is resolved once its events are durable. */
interface Waiting {
  readonly events: readonly RecordedEvent[]
  readonly resolve: (written: readonly StoredEvent[]) => void
  readonly reject: (error: unknown) => void
}

/** Called when the promises of this turn of the event loop have done what they can; at once where the runtime does not tell. */
const endOfTurn: (work: () => void) => void = globalThis.process?.nextTick ?? queueMicrotask

/**
 * A log that is folded needs no memory of names: `decide` never asks again for what is in the state.
 * No effect begins once `signal` has fired; one that is under way is told and awaited.
 */
export function embeddedJournal(options: EmbeddedOptions): Journal {
  const { lease, signal, now, show, watched, decide, sent, abandon } = options
  const { runId } = lease
  let waiting: Waiting[] = []
  let writing = false

  /** Where and when; `before` events of the same append stand in front of these. */
  function stamped(events: readonly RecordedEvent[], time: number, before = 0): StoredEvent[] {
    const at = lease.length + before
    return events.map((event, index) => ({ ...event, runId, at: at + index, time }))
  }

  /** One append at a time; what came in the meantime goes into the next one together. */
  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      const time = now()
      const all: StoredEvent[] = []
      const parts = batch.map(({ events }) => {
        const part = stamped(events, time, all.length)
        all.push(...part)
        return part
      })
      try {
        await lease.append(lease.length, all)
        for (const event of all) show(event)
        for (const [index, { resolve }] of batch.entries()) resolve(parts[index] ?? [])
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    writing = false
  }

  /**
   * What effects that run `ahead` give in this turn of the event loop is written together with these events, all or
   * nothing; what they give later is written behind them.
   * @param release whether nothing more comes of this attempt
   */
  async function append(
    events: readonly RecordedEvent[],
    ahead?: Ahead,
    release = false,
  ): Promise<readonly StoredEvent[]> {
    if (events.length === 0) return []
    if (writing) return new Promise((resolve, reject) => waiting.push({ events, resolve, reject }))
    writing = true
    const written = stamped(events, now())
    let followers: Followers | undefined
    try {
      const effects = ahead?.(written) ?? []
      if (effects.length > 0) followers = follow(effects, { start, append, live, watched })
      if (followers?.running) await new Promise<void>(endOfTurn)
      if (followers) written.push(...stamped(followers.join(), now(), written.length))
      await lease.append(lease.length, written, { release })
      // Who is told may refuse to go on, as a replay does at the first difference.
      for (const event of written) show(event)
      // A reader can leave at any of them before the next effect begins.
      if (followers && watched()) await new Promise<void>(endOfTurn)
    } catch (reason) {
      if (followers) abandon(reason)
      throw reason
    } finally {
      if (waiting.length > 0) void drain()
      else writing = false
    }
    return followers?.running ? written.concat(await followers.go()) : written
  }

  const live = (event: LiveEvent) => {
    if (watched()) show({ ...event, runId, at: lease.length - 1, time: now() })
  }

  function start(name: string, effect: Effect, live: (event: LiveEvent) => void): ReturnType<Effect> {
    try {
      signal.throwIfAborted()
      return effect({ key: `${runId}/${name}`, signal, live })
    } catch (error) {
      return Promise.reject(error)
    }
  }

  function perform(name: string, effect: Effect, ahead?: Ahead): Promise<readonly StoredEvent[]> {
    const given = start(name, effect, live)
    return given instanceof Promise ? given.then((events) => append(events, ahead)) : append(given, ahead)
  }

  return {
    runId,
    perform,
    async all(effects: readonly NamedEffect[]) {
      const [only] = effects
      if (only && effects.length === 1) return [await perform(only.name, only.effect)]
      return allOf(effects.map(({ name, effect }) => perform(name, effect)))
    },
    // An end that an effect gives may have others under way beside it; one that follows from the state has none.
    note: (events) => append(events, undefined, events.some(isEnd)),
    wait: (_, pending) => decide(pending),
    sent,
  }
}
