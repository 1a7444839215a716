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
import { handoffOf } from '../handoff.ts'
import { passThrough, stoppedByHook } from '../hooks.ts'
import type { EffectContext } from '../journal/journal.ts'
import { timesGiven } from '../limits/repeats.ts'
import { type Scope, stepContext } from '../scope.ts'
import type { RecordedEvent } from '../state/events.ts'
import type { RunState, Unanswered } from '../state/state.ts'
import { unlessAborted } from '../unless-aborted.ts'
import { handOver } from './hand-over.ts'
import { runChild } from './run-child.ts'
import type { Runnable } from './sort-call.ts'
import { toolContext } from './tool-context.ts'
import { done } from './tool-done.ts'

/** Handoffs and agents are called like tools, and run otherwise. Gives no promise where the tool needs none. */
export function runCall(
  scope: Scope,
  spec: AgentSpec,
  state: RunState,
  runnable: Runnable,
  context: EffectContext,
): readonly RecordedEvent[] | Promise<readonly RecordedEvent[]> {
  const { open, ready } = runnable
  const { tool } = ready
  const target = handoffOf(tool)
  if (target) return handOver(state, spec, open, target)
  const child = childOf(tool)
  if (child) return runChild(scope, state, open, ready, child, context)
  const ran = scope.queue.run(tool.lock?.(ready.input), context.signal, () =>
    executeCall(ready, toolContext(scope, ready, context), {
      secrets: scope.secrets,
      onLate: (late) => scope.late(lateEnd(state, open, late)),
    }),
  )
  const watched = spec.hooks.some((each) => each.afterTool)
  if (watched) return seenByHooks(scope, spec, state, runnable, ran, context.signal)
  return ran instanceof Promise ? ran.then((result) => [ended(state, runnable, result)]) : [ended(state, runnable, ran)]
}

async function seenByHooks(
  scope: Scope,
  spec: AgentSpec,
  state: RunState,
  runnable: Runnable,
  running: ToolResult | Promise<ToolResult>,
  signal: AbortSignal,
): Promise<readonly RecordedEvent[]> {
  const ran = await running
  const passed = await unlessAborted(signal, after(scope, spec, state, runnable.ready, ran))
  if ('value' in passed) return [ended(state, runnable, passed.value)]
  const { steps: step } = state
  return [done(step, runnable.open.index, ran), stoppedByHook(passed.stop, step, state)]
}

/** The end of a call, and whether it came to the same as the times before. */
function ended(state: RunState, { open, ready, note, identity }: Runnable, ran: ToolResult): RecordedEvent {
  const known = identity ?? callIdentity(ready.tool, ready.input)
  const { repeats = Infinity } = state.limits
  const result = told(ran, note)
  const times = timesGiven(state.repeats, known, result.message.content)
  if (times < repeats) return done(state.steps, open.index, result, { identity: known })
  const again = `This call gave this result ${times} times; it will not be run again.`
  return done(state.steps, open.index, told(ran, note ? `${note} ${again}` : again), { identity: known, same: true })
}

function lateEnd({ steps }: RunState, { index, call }: Unanswered, late: ToolResult): RecordedEvent {
  return done(steps, index, { ...late, message: { ...late.message, tool_call_id: call.id } }, { late: true })
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
