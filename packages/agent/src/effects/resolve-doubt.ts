/** A call that was on record as begun when an earlier process ended. */

import { outputJson, outputText, type ReadyCall, type ToolContext } from '@pawl/tools'
import type { RecordedEvent } from '../state/events.ts'
import type { RunState, Unanswered } from '../state/state.ts'
import { asked } from './intent.ts'
import { done } from './tool-done.ts'

/** The tool's own probe is asked, then a person. No events: it did not happen, or may happen again, and just runs. */
export async function resolveDoubt(
  state: RunState,
  open: Unanswered,
  ready: ReadyCall,
  context: ToolContext<any>,
): Promise<readonly RecordedEvent[]> {
  const { tool, call, input } = ready
  const { steps: step } = state
  const probed = tool.effect === 'once' ? await tool.probe?.(input, context) : ({ done: false } as const)
  if (!probed)
    return [
      asked(
        'unknown',
        state.runId,
        step,
        open.index,
        ready,
        'It had begun when the process ended; whether it took effect is unknown.',
        state.at,
      ),
    ]
  if (!probed.done) return []
  return [
    done(step, open.index, {
      message: { role: 'tool', tool_call_id: call.id, content: outputText(probed.value) },
      isError: false,
      value: outputJson(probed.value),
      ms: 0,
    }),
  ]
}
