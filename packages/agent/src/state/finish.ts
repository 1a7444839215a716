/** What an answer without calls comes to: the end, a stop, or a message that asks for a better one. Pure. */

import type { Json } from '@pawl/client'
import type { AgentSpec } from '../agent.ts'
import type { StopReason } from '../limits/limits.ts'
import type { RecordedEvent } from './events.ts'
import type { RunState } from './state.ts'

/** How often an answer that is not of the output's shape, or empty, is asked for again. */
const mostRepairs = 2

export function finish({ contract }: AgentSpec, state: RunState): readonly RecordedEvent[] {
  const { text, finishReason, closing, refused, repairs } = state
  const decoded = contract && !refused ? contract.parse(text) : undefined
  const output = decoded?.ok ? jsonOf(text) : undefined
  const stop = (limit: StopReason, reason: string): readonly RecordedEvent[] => [
    {
      type: 'run.stopped',
      reason,
      stoppedBy: { limit, reached: state.steps, allowed: state.steps },
      text,
      ...(output !== undefined && { output }),
    },
  ]
  if (closing)
    return [
      {
        type: 'run.stopped',
        reason: `limit of ${closing.limit}`,
        stoppedBy: closing,
        text,
        ...(output !== undefined && { output }),
      },
    ]
  if (refused) return contract ? stop('refused', 'the model refused') : [{ type: 'run.done', text }]
  if (finishReason === 'content_filter') return stop('content_filter', 'the answer was withheld by a content filter')
  if (decoded?.ok) return [{ type: 'run.done', text, ...(output !== undefined && { output }) }]
  if (finishReason === 'length') return stop('length', 'the answer was cut by the limit of its length')
  if (contract && decoded && !decoded.ok) {
    if (repairs >= mostRepairs) return stop('output', 'the answer is not of the shape of the output')
    return [{ type: 'message.added', by: 'loop', message: contract.repairMessage(decoded.issues) }]
  }
  if (text.trim() !== '') return [{ type: 'run.done', text }]
  if (repairs > 0) return stop('empty', 'the model gave an empty answer')
  return [
    {
      type: 'message.added',
      by: 'loop',
      message: { role: 'user', content: 'Your answer was empty. Please answer in words.' },
    },
  ]
}

/** The answer as JSON for those who read the log; the typed value is parsed from the text. */
function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
