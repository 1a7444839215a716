import type { ToolMessage } from '@pawl/client'
import { faultResult } from '@pawl/tools'
import type { AgentSpec } from '../agent.ts'
import type { Target } from '../handoff.ts'
import type { RecordedEvent } from '../state/events.ts'
import { validHistory } from '../state/history.ts'
import type { RunState, Unanswered } from '../state/state.ts'
import { done } from './tool-done.ts'

/** One handoff a message: the first one leads; the others are answered that it did. */
export function handOver(
  state: RunState,
  spec: AgentSpec,
  { index, call }: Unanswered,
  { agent: { name: to }, filter }: Target,
): readonly RecordedEvent[] {
  const first = state.unanswered.find(
    (open) => open.call.type === 'function' && open.call.function.name.startsWith('handoff_to_'),
  )
  if (first && first.index < index)
    return [done(state.steps, index, faultResult(call.id, 'The conversation was handed over already.'))]
  const messages = filter && validHistory(filter(state.messages.slice(0, -1)))
  const event: RecordedEvent = {
    type: 'handoff.done',
    step: state.steps,
    index,
    callId: call.id,
    from: spec.name,
    to,
    ...(messages && { messages }),
  }
  const message: ToolMessage = { role: 'tool', tool_call_id: call.id, content: `Handed over to ${to}.` }
  return [event, done(state.steps, index, { message, isError: false, value: undefined, ms: 0 })]
}
