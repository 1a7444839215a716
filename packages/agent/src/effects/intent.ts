/** The effect `intent:<step>:<index>`: what hooks and people say of a call before it runs. */

import { isPawlError } from '@pawl/client'
import {
  callDigest,
  canonicalJson,
  digest,
  faultResult,
  needsApproval,
  outputJson,
  outputText,
  type ReadyCall,
  type Tool,
  type ToolContext,
} from '@pawl/tools'
import type { AgentSpec } from '../agent.ts'
import { RunError } from '../errors/run-error.ts'
import { type HookCall, passThrough, stoppedByHook } from '../hooks.ts'
import { type Scope, stepContext } from '../scope.ts'
import type { RecordedEvent } from '../state/events.ts'
import type { Pending } from '../state/pending.ts'
import type { RunState, Unanswered } from '../state/state.ts'
import { done } from './tool-done.ts'

/** Whether something is to be asked, or written, before such a call runs. */
export function needsIntent({ hooks }: AgentSpec, tool: Tool): boolean {
  return Boolean(tool.approval) || tool.external || hooks.some((each) => each.beforeTool)
}

/** The text of the arguments as they stand in the call. */
export function argumentsText({ call }: Pick<Unanswered, 'call'>): string {
  return call.type === 'custom' ? call.custom.input : call.function.arguments
}

export function digestOf(runId: string, { call, tool }: ReadyCall): string {
  return callDigest(runId, call.id, tool.hash, argumentsText({ call }))
}

/** What asks for somebody's word on this very call. `at` tells a question that may come again from the one before. */
export function asked(
  type: Pending['type'],
  runId: string,
  step: number,
  index: number,
  ready: ReadyCall,
  reason?: string,
  at?: number,
): RecordedEvent {
  const bound = digestOf(runId, ready)
  const pending: Pending = {
    type,
    id: digest(at === undefined ? [type, bound] : [type, bound, at]).slice(0, 32),
    runId,
    call: ready.call,
    ...(reason !== undefined && { reason }),
  }
  return { type: 'approval.asked', step, index, pending, digest: bound }
}

/** Passes the hooks, asks for approval where it is due, and writes that a `once` call begins. */
export async function intend(...given: Parameters<typeof ask>): Promise<readonly RecordedEvent[]> {
  const [, , state, { index, call }] = given
  try {
    return await ask(...given)
  } catch (cause) {
    if (isPawlError(cause) && cause.code === 'tool_error')
      return [done(state.steps, index, faultResult(call.id, cause.message))]
    if (isPawlError(cause)) throw cause
    throw new RunError(
      'hook_failed',
      'What decides whether a call needs approval threw; the run stands where it was.',
      { cause },
    )
  }
}

async function ask(
  scope: Scope,
  spec: AgentSpec,
  state: RunState,
  open: Unanswered,
  ready: ReadyCall,
  context: ToolContext<any>,
): Promise<readonly RecordedEvent[]> {
  const { index, call } = open
  const step = state.steps
  const own = stepContext(scope, state, step)
  const seen: HookCall = { name: ready.tool.name, callId: call.id, input: ready.input }
  const hooks = spec.hooks.flatMap((each) =>
    each.beforeTool ? [(value: HookCall) => each.beforeTool?.(value, own)] : [],
  )
  const passed = await passThrough<HookCall, unknown>(seen, hooks)
  if ('stop' in passed) return [stoppedByHook(passed.stop, step, state)]
  if ('answer' in passed) {
    return [
      done(step, index, {
        message: { role: 'tool', tool_call_id: call.id, content: outputText(passed.answer) },
        isError: false,
        value: outputJson(passed.answer),
        ms: 0,
      }),
    ]
  }
  const changed = passed.value.input === ready.input ? undefined : withArguments(ready, passed.value.input)
  if (changed && 'problem' in changed) return [done(step, index, faultResult(call.id, changed.problem))]
  const final = changed ?? ready
  if (final.tool.external) return [asked('external', state.runId, step, index, final)]
  const approval = await needsApproval(final, context)
  if (approval) return [asked('approval', state.runId, step, index, final, approval.reason)]
  if (final.tool.effect !== 'once' && !changed) return []
  return [
    { type: 'tool.started', step, index, callId: call.id, name: final.tool.name, arguments: argumentsText(final) },
  ]
}

/** The same call with other arguments, checked like the model's. */
export function withArguments(ready: ReadyCall, input: unknown): ReadyCall | { readonly problem: string } {
  const text = ready.call.type === 'custom' ? String(input) : canonicalJson(input)
  const decoded = ready.tool.decode(text)
  if (!decoded.ok) return { problem: `The arguments were changed, and do not fit: ${decoded.problem}` }
  const { call } = ready
  const changed =
    call.type === 'custom'
      ? { ...call, custom: { ...call.custom, input: text } }
      : { ...call, function: { ...call.function, arguments: text } }
  return { ...ready, call: changed, input: decoded.value }
}
