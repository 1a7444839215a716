/** What the run does next. Pure: the same agent and state always give the same action. */

import { leastTokens, type Reached } from '../limits/limits.ts'
import type { RunState, Unanswered } from './state.ts'

/** What a run does next. */
export type Action =
  | { readonly type: 'call-model'; readonly step: number; readonly closing?: Reached }
  | { readonly type: 'call-tools'; readonly step: number; readonly calls: readonly Unanswered[] }
  | { readonly type: 'wait'; readonly calls: readonly Unanswered[] }
  | { readonly type: 'finish' }
  | { readonly type: 'stop'; readonly reached: Reached }
  | { readonly type: 'end' }

export function decide(state: RunState): Action {
  if (state.status === 'done') return { type: 'end' }
  if (state.unanswered.length > 0) {
    const ready = state.unanswered.filter((open) => !open.asked || open.decision)
    return ready.length > 0
      ? { type: 'call-tools', step: state.steps, calls: ready }
      : { type: 'wait', calls: state.unanswered }
  }
  if (state.messages.at(-1)?.role === 'assistant' && state.steps > 0) return { type: 'finish' }
  const reached = reachedLimit(state)
  if (reached) return { type: 'stop', reached }
  const closing = nearLimit(state)
  return { type: 'call-model', step: state.steps + 1, ...(closing && { closing }) }
}

/** A limit that leaves no room for another call. */
export function reachedLimit({ limits, steps, usage, size, cost, time, startedAt }: RunState): Reached | undefined {
  const { steps: most = Infinity, tokens = Infinity, cost: money = Infinity, duration = Infinity } = limits
  if (steps >= most) return { limit: 'steps', reached: steps, allowed: most }
  if (usage.total_tokens + size + leastTokens > tokens)
    return { limit: 'tokens', reached: usage.total_tokens, allowed: tokens }
  if (cost >= money) return { limit: 'cost', reached: cost, allowed: money }
  if (time - startedAt >= duration) return { limit: 'duration', reached: time - startedAt, allowed: duration }
  return undefined
}

/** The next call is the last one: it is kept for an answer. */
function nearLimit({ limits, steps, toolCalls, repeated }: RunState): Reached | undefined {
  const { steps: most = Infinity, toolCalls: calls = Infinity } = limits
  if (steps > 0 && steps + 1 >= most) return { limit: 'steps', reached: steps + 1, allowed: most }
  if (toolCalls >= calls) return { limit: 'toolCalls', reached: toolCalls, allowed: calls }
  if (repeated !== undefined) return { limit: 'repeats', reached: repeated, allowed: limits.repeats ?? repeated }
  return undefined
}
