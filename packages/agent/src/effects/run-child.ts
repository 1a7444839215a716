/** An agent that was called as a tool: its run, and what the caller's model is told of it. */

import type { Usage } from '@pawl/client'
import { faultResult, type ReadyCall } from '@pawl/tools'
import { specOf } from '../agent.ts'
import { type Child, childInput } from '../agent-as-tool.ts'
import type { EffectContext } from '../journal/journal.ts'
import { childRunId } from '../run/run-id.ts'
import { pendingOf } from '../run/run-result.ts'
import type { Scope } from '../scope.ts'
import type { RecordedEvent } from '../state/events.ts'
import type { RunState, Unanswered } from '../state/state.ts'
import { done } from './tool-done.ts'

/** A child that waits keeps its parent waiting for the same words. */
export async function runChild(
  scope: Scope,
  state: RunState,
  open: Unanswered,
  ready: ReadyCall,
  child: Child,
  context: EffectContext,
): Promise<readonly RecordedEvent[]> {
  const { steps: step } = state
  const spec = specOf(child.agent)
  const runId = childRunId(state.runId, step, open.index)
  const decisions = [...(open.decision ? [open.decision] : []), ...scope.decisions]
  const input = childInput(ready.input, child)
  const begun = performance.now()
  const { state: end, error } = await scope.child({ runId, spec, input, signal: context.signal, decisions })
  const spent: { usage?: Usage; cost?: number } = end ? { usage: end.usage, cost: end.cost } : {}
  const ms = Math.round(performance.now() - begun)
  if (error) {
    // A store that cannot be written is nothing that the parent's model could mend.
    if (context.signal.aborted || error.code === 'store_error') throw error
    return [
      done(step, open.index, faultResult(open.call.id, `The agent "${spec.name}" failed: ${error.code}.`, ms), spent),
    ]
  }
  const [pending, ...also] = end.status === 'waiting' ? pendingOf(end) : []
  const digest = end.unanswered.find(({ asked }) => asked?.pending.id === pending?.id)?.asked?.digest
  if (pending && digest !== undefined)
    return [{ type: 'approval.asked', step, index: open.index, pending, ...(also.length > 0 && { also }), digest }]
  const text = end.result?.text ?? end.text
  const content =
    end.status === 'done'
      ? text
      : `The agent "${spec.name}" stopped (${end.result?.reason ?? end.status}): ${text || 'no answer'}`
  return [
    done(
      step,
      open.index,
      {
        message: { role: 'tool', tool_call_id: open.call.id, content },
        isError: end.status !== 'done',
        value: text,
        ms,
      },
      spent,
    ),
  ]
}
