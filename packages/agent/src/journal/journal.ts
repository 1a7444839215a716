/** What the loop performs its effects through: one log, one owner. An engine that replays implements it too. */

import type { LiveEvent, RecordedEvent, StoredEvent } from '../state/events.ts'
import type { Decision, Pending } from '../state/pending.ts'

/** What an effect is given. */
export interface EffectContext {
  /** `runId/name`: the same whenever this effect is tried again */
  readonly key: string
  /** Fires when the run stops: aborted by its caller, or taken over by another owner. */
  readonly signal: AbortSignal
  /**
   * Whether an earlier process began it and did not live to record its end: a call that must not run twice asks first. An
   * engine that replays knows by a step of its own, written before the effect; where the log tells of beginnings, as the
   * embedded journal's does, this is left out.
   */
  readonly begunBefore?: boolean | undefined
  /** Shown to who watches; never recorded, never read by the loop. */
  live(event: LiveEvent): void
}

/** The outcome of an effect is the events it returns: there is no second log. */
export type Effect = (context: EffectContext) => readonly RecordedEvent[] | Promise<readonly RecordedEvent[]>

/** Names are a persisted contract: `model:<step>`, `tool:<step>:<index>`, `intent:<step>:<index>`, `input:<n>`, `decision:<n>`. */
export interface NamedEffect {
  readonly name: string
  readonly effect: Effect
}

/** Effects that may run while these events are being written, since it does no harm if they ran for nothing. */
export type Ahead = (events: readonly StoredEvent[]) => readonly NamedEffect[]

export interface Journal {
  readonly runId: string
  /**
   * Runs the effect, writes its events, and gives them back as written. On a replay: gives back what was written, and runs nothing.
   * @param ahead asked once what may run while they are being written; its events are given back behind them. A journal may
   * leave that out: the loop then performs it like all else.
   */
  perform(name: string, effect: Effect, ahead?: Ahead): Promise<readonly StoredEvent[]>
  /** The only way to run effects at once. Results in list order. Each is written as it ends; waits for all, then rejects with the first failure. */
  all(effects: readonly NamedEffect[]): Promise<readonly (readonly StoredEvent[])[]>
  /** Writes what follows from the state alone. */
  note(events: readonly RecordedEvent[]): Promise<readonly StoredEvent[]>
  /** Somebody's word on one of these; undefined where the run is to be parked. */
  wait(name: string, pending: readonly Pending[]): Promise<Decision | undefined>
  /** Messages that were sent into the run since the last time. */
  sent(): readonly RecordedEvent[]
}
