/**
 * The events of a run: its state, its recording, its trace. Plain JSON. Recorded ones are the log; live ones only show.
 * The recorded ones are a persisted contract: `run.started` carries the version.
 */

import type { ChatCompletion, Json, Message, ToolCall, ToolMessage, Usage } from '@pawl/client'
import type { Limits, Reached } from '../limits/limits.ts'
import type { Pending, Verdict } from './pending.ts'

/** Raised when the meaning of an event changes; older logs are brought up by `upgrade`. */
export const logVersion = 1

/** What the loop writes; the journal adds where and when. */
export type RecordedEvent =
  /** The run and what it was asked. `after` names the run whose conversation this one goes on with. */
  | {
      type: 'run.started'
      v: number
      agent: string
      input: readonly Message[]
      limits: Limits
      after?: string
      parent?: string
      forked?: { runId: string; at: number }
    }
  /** An answer of the model, as `afterModel` left it. `usage` and `cost` are of all its attempts. */
  | {
      type: 'completion.done'
      step: number
      agent: string
      model: string
      completion: ChatCompletion
      usage: Usage
      cost?: number
      closing?: Reached
      keepReasoning?: boolean
    }
  /** A call is about to run, with these arguments. Of calls that may repeat only those are written whose arguments a hook changed. */
  | { type: 'tool.started'; step: number; index: number; callId: string; name: string; arguments: string }
  /** A call came to an end. `value` is what the tool gave, up to 1 MiB. `identity`: what the progress guard counts; `same`: the result is that of the time before, and the message says so beside it. `late`: it had been given up, and ended after all. `repeated`: it was not run, since it only repeats itself. */
  | {
      type: 'tool.done'
      step: number
      index: number
      callId: string
      message: ToolMessage
      isError: boolean
      value?: Json
      ms: number
      usage?: Usage
      cost?: number
      identity?: string
      same?: boolean
      repeated?: number
      late?: boolean
    }
  /** The run needs somebody's word. An agent that was called as a tool may need several at once: `also` has the others. */
  | {
      type: 'approval.asked'
      step: number
      index: number
      pending: Pending
      also?: readonly Pending[]
      digest: string
    }
  /** Somebody gave it; it counts once. */
  | { type: 'approval.given'; id: string; verdict: Verdict; value?: Json }
  /** From here on another agent leads. `messages`: what it sees of the conversation before this step, where a filter changed it. */
  | {
      type: 'handoff.done'
      step: number
      index: number
      callId: string
      from: string
      to: string
      messages?: readonly Message[]
    }
  /** A message was sent into the run, or the loop itself asked for a better answer. */
  | { type: 'message.added'; message: Message; by: 'user' | 'loop' }
  /** The history was made shorter: these messages stand in its place. */
  | { type: 'history.compacted'; messages: readonly Message[]; dropped: number; reason: 'size' | 'overflow' }
  | { type: 'run.waiting'; pending: readonly string[] }
  /** A run goes on that had stopped, or that was given other limits, which hold from here on. */
  | { type: 'run.resumed'; limits?: Limits }
  | { type: 'run.done'; text: string; output?: Json }
  /** `usage` and `cost` are of an answer that a hook kept out of the conversation. */
  | {
      type: 'run.stopped'
      reason: string
      stoppedBy?: Reached
      text: string
      output?: Json
      usage?: Usage
      cost?: number
    }
  /** A fault ended this attempt; `resume` goes on from here. */
  | { type: 'run.failed'; error: { code: string; message: string } }

/** An attempt at the run ends here, well or not. */
export function isEnd({ type }: RecordedEvent): boolean {
  return type === 'run.done' || type === 'run.stopped' || type === 'run.failed' || type === 'run.waiting'
}

/** `at` is the position in the log, from 0; `time` is milliseconds since 1970. */
export interface Stamp {
  readonly runId: string
  readonly at: number
  readonly time: number
}

/** An event of the log, with its place. */
export type StoredEvent = RecordedEvent & Stamp

/** Never written. `at` is that of the last recorded event. */
export type LiveEvent =
  | { type: 'text.delta'; delta: string }
  /** What was shown of this answer is void: it is asked for again. */
  | { type: 'text.reset'; reason: string }
  | { type: 'reasoning.delta'; delta: string }
  | { type: 'tool.arguments.delta'; index: number; name: string; delta: string }
  | { type: 'tool.progress'; callId: string; value: Json }
  | { type: 'retry.waiting'; attempt: number; waitMs: number; error: { code: string; message: string } }

/** All that a run shows. */
export type RunEvent = StoredEvent | (LiveEvent & Stamp)

/** One call of a step, as the log tells it. */
export interface OpenCall {
  readonly index: number
  readonly call: ToolCall
}
