/** Where a run stands: the fold of its log. Plain JSON. */

import type { Json, Message, ToolCall, ToolMessage, Usage } from '@pawl/client'
import type { Limits, Reached } from '../limits/limits.ts'
import type { Repeats } from '../limits/repeats.ts'
import type { Decision, Pending } from './pending.ts'

/** `done` is final; the others can be gone on with. */
export type RunStatus = 'running' | 'waiting' | 'done' | 'stopped' | 'failed'

/** A call of the last message that has no tool message yet. */
export interface Unanswered {
  readonly index: number
  readonly call: ToolCall
  /** the arguments as they will run, once they are on record */
  readonly started?: string
  readonly asked?: { readonly pending: Pending; readonly also?: readonly Pending[]; readonly digest: string }
  readonly decision?: Decision
}

export interface RunState {
  readonly runId: string
  readonly status: RunStatus
  /** the agent that leads now */
  readonly agent: string
  readonly limits: Limits
  readonly parent?: string
  readonly after?: string
  /** the conversation without instructions; grows at its end, always a valid request */
  readonly messages: readonly Message[]
  /** where this run's own part of them begins */
  readonly from: number
  readonly steps: number
  readonly unanswered: readonly Unanswered[]
  /** the tool messages of the last message's calls, by index, until all are there */
  readonly answers: readonly (ToolMessage | undefined)[]
  readonly toolCalls: number
  readonly usage: Usage
  readonly cost: number
  /** tokens of a request that holds the present messages, estimated from the last usage */
  readonly size: number
  /** how often a call gave the same result, by identity */
  readonly repeats: Repeats
  /** the call that was not run since it only repeats itself */
  readonly repeated?: number
  /** the last answer was asked for without tools, since a limit was near */
  readonly closing?: Reached
  readonly finishReason?: string
  /** the text of the last answer; tool calls stand beside it */
  readonly text: string
  readonly refused: boolean
  readonly repairs: number
  /** moved on by the time the run was idle */
  readonly startedAt: number
  /** since when it waits, is stopped, or has failed */
  readonly idleSince?: number
  readonly at: number
  readonly time: number
  readonly result?: {
    readonly output?: Json
    readonly text: string
    readonly reason?: string
    readonly stoppedBy?: Reached
  }
  readonly error?: { readonly code: string; readonly message: string }
}
