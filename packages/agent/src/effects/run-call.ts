/** The effect `tool:<step>:<index>`: runs a call, lets the hooks see its result, and tells it. */

import { isPawlError, type ToolMessage } from '@pawl/client'
import {
  callIdentity,
  executeCall,
  faultResult,
  outputJson,
  outputText,
  type ReadyCall,
  type ToolResult,
} from '@pawl/tools'
import type { AgentSpec } from '../agent.ts'
import { childOf } from '../agent-as-tool.ts'
import type { RecordedEvent } from '../events.ts'
import { handoffOf } from '../handoff.ts'
import { passThrough, stoppedByHook } from '../hooks.ts'
import type { EffectContext } from '../journal/journal.ts'
import { timesGiven } from '../repeats.ts'
import { type Scope, stepContext } from '../scope.ts'
import type { RunState } from '../state.ts'
import { unlessAborted } from '../unless-aborted.ts'
import { handOver } from './hand-over.ts'
import { runChild } from './run-child.ts'
import type { Runnable } from './sort-call.ts'
import { toolContext } from './tool-context.ts'
import { done } from './tool-done.ts'

/** Handoffs and agents are called like tools, and run otherwise. */
export async function runCall(
  scope: Scope,
  spec: AgentSpec,
  state: RunState,
  { open, ready, note, identity = callIdentity(ready.tool, ready.input) }: Runnable,
  context: EffectContext,
): Promise<readonly RecordedEvent[]> {
  const { steps: step } = state
  const { tool } = ready
  const target = handoffOf(tool)
  if (target) return handOver(state, spec, open, target)
  const child = childOf(tool)
  if (child) return runChild(scope, state, open, ready, child, context)
  const lateEnd = (late: ToolResult) =>
    scope.late(
      scope.journal.note([
        done(step, open.index, { ...late, message: { ...late.message, tool_call_id: open.call.id } }, { late: true }),
      ]),
    )
  const own = toolContext(scope, ready, context)
  const ran = await scope.queue.run(tool.lock?.(ready.input), context.signal, () =>
    executeCall(ready, own, { onLate: lateEnd }),
  )
  const watched = spec.hooks.length > 0 && spec.hooks.some((each) => each.afterTool)
  const passed = watched ? await unlessAborted(context.signal, after(scope, spec, state, ready, ran)) : { value: ran }
  if ('stop' in passed) {
    return [done(step, open.index, ran), stoppedByHook(passed.stop, step, state)]
  }
  const { repeats = Infinity } = state.limits
  const result = told(passed.value, note)
  const times = timesGiven(state.repeats, identity, result.message.content)
  if (times < repeats) return [done(step, open.index, result, { identity })]
  const again = `This call gave this result ${times} times; it will not be run again.`
  const both = told(passed.value, note ? `${note} ${again}` : again)
  return [done(step, open.index, both, { identity, same: true })]
}

/** The result with what is to be said beside it. */
function told(result: ToolResult, text: string | undefined): ToolResult {
  if (!text) return result
  const { content } = result.message
  const message: ToolMessage = {
    ...result.message,
    content: typeof content === 'string' ? `${content}\n(${text})` : [...content, { type: 'text', text: `(${text})` }],
  }
  return { ...result, message }
}

async function after(
  scope: Scope,
  spec: AgentSpec,
  state: RunState,
  { tool, call, input }: ReadyCall,
  result: ToolResult,
): Promise<{ stop: string } | { value: ToolResult }> {
  const hooks = spec.hooks.flatMap((each) => (each.afterTool ? [each.afterTool.bind(each)] : []))
  const seen = { name: tool.name, callId: call.id, input }
  const own = stepContext(scope, state, state.steps)
  try {
    const passed = await passThrough<ToolResult, unknown>(
      result,
      hooks.map((hook) => (value: ToolResult) => hook(value, seen, own)),
    )
    if ('stop' in passed) return passed
    if ('value' in passed) return passed
    return {
      value: {
        ...result,
        message: { ...result.message, content: outputText(passed.answer) },
        isError: false,
        value: outputJson(passed.answer),
      },
    }
  } catch (error) {
    if (isPawlError(error) && error.code === 'tool_error')
      return { value: faultResult(call.id, error.message, result.ms) }
    throw error
  }
}
