/** What a run waits for, and what may be decided about it. Plain data: a decision can be made in any process. */

import type { Json, ToolCall } from '@pawl/client'

/**
 * `approval`: may this call run? `unknown`: it had begun when the process died; has it happened? `external`: it runs
 * elsewhere; what came of it? `call` holds the arguments as they will run.
 */
export interface Pending {
  readonly type: 'approval' | 'unknown' | 'external'
  /** bound to the run, the call, the tool's definition and the exact arguments */
  readonly id: string
  readonly runId: string
  readonly call: ToolCall
  readonly reason?: string
}

/** `edit` runs the call with other arguments; `answer` stands in for its result. */
export type Verdict = 'approve' | 'deny' | 'edit' | 'answer'

/** Somebody's word on what a run waits for; made by `approve`, `deny`, `edit` and `answer`. */
export interface Decision {
  readonly id: string
  readonly verdict: Verdict
  readonly value?: Json
}

/** Run it; a call of unknown outcome: again. */
export function approve({ id }: Pending): Decision {
  return { id, verdict: 'approve' }
}

/** Do not run it; the model is told, with the reason. */
export function deny({ id }: Pending, reason?: string): Decision {
  return { id, verdict: 'deny', ...(reason !== undefined && { value: reason }) }
}

/** Run it with these arguments, which are checked like the model's; the model is told. */
export function edit({ id }: Pending, input: Json): Decision {
  return { id, verdict: 'edit', value: input }
}

/** It has happened, and this is the result. */
export function answer({ id }: Pending, value: Json): Decision {
  return { id, verdict: 'answer', value }
}
