/** What a run came to. */

import type { Message, Usage } from '@pawl/client'
import type { AgentSpec } from '../agent.ts'
import type { Reached } from '../limits/limits.ts'
import type { Pending } from '../state/pending.ts'
import type { RunState } from '../state/state.ts'

interface ResultBase {
  readonly runId: string
  /** the conversation without instructions: input for a next run */
  readonly messages: readonly Message[]
  readonly text: string
  /** of all attempts, and of agents called as tools */
  readonly usage: Usage
  /** in the currency of the prices; left out without them */
  readonly cost?: number
  /** model calls */
  readonly steps: number
  /** what it waits for; empty unless `waiting` */
  readonly pending: readonly Pending[]
}

/** `stopped` has the text so far, and the output if that is valid. Faults are not results: they reject. */
export type RunResult<O> =
  | (ResultBase & { readonly status: 'done'; readonly output: O })
  | (ResultBase & { readonly status: 'waiting'; readonly output?: undefined })
  | (ResultBase & {
      readonly status: 'stopped'
      readonly output?: O
      readonly reason: string
      readonly stoppedBy: Reached
    })

export function resultOf<O>(state: RunState, spec: AgentSpec, priced: boolean): RunResult<O> {
  const { runId, messages, usage, steps, cost } = state
  const text = state.result?.text ?? state.text
  const base = { runId, messages, text, usage, steps, ...(priced && { cost }) }
  if (state.status === 'waiting') return { ...base, status: 'waiting', pending: pendingOf(state) }
  const decoded = spec.contract?.parse(text)
  if (state.status === 'done')
    return { ...base, status: 'done', pending: [], output: (decoded?.ok ? decoded.value : text) as O }
  const { reason = state.status, stoppedBy = { limit: 'hook', reached: steps, allowed: steps } } = state.result ?? {}
  const valid = decoded ? (decoded.ok ? { output: decoded.value as O } : {}) : {}
  return { ...base, status: 'stopped', pending: [], reason, stoppedBy, ...valid }
}

export function pendingOf({ unanswered }: Pick<RunState, 'unanswered'>): readonly Pending[] {
  return unanswered.flatMap(({ asked, decision }) => (asked && !decision ? [asked.pending, ...(asked.also ?? [])] : []))
}
