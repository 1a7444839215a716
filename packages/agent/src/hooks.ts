/** What may look at a step and change it. A hook runs inside the effect that it surrounds: its outcome is in the log and never asked again. */

import type { ChatCompletion, ModelRequest } from '@pawl/client'
import { isPawlError } from '@pawl/client'
import type { ToolResult } from '@pawl/tools'
import { RunError } from './errors/run-error.ts'
import type { RecordedEvent } from './state/events.ts'
import type { RunState } from './state/state.ts'
import type { StepContext } from './step-context.ts'

/** A call as the hooks see it: typed arguments. */
export interface HookCall {
  readonly name: string
  readonly callId: string
  readonly input: unknown
}

/** In place of going on: this is the answer. */
export interface Answered<T> {
  readonly answer: T
}

/** In place of going on: the run stops here. */
export interface Stopped {
  readonly stop: string
}

type Outcome<T, A> = undefined | void | T | Answered<A> | Stopped

/**
 * Each returns nothing (go on), a changed value of the same type, `{ answer }`, or `{ stop: reason }`. One that throws fails the
 * run with `hook_failed`; a `ToolError` of a tool hook is told to the model.
 */
export interface Hooks<C = unknown> {
  beforeModel?(
    request: ModelRequest,
    step: StepContext<C>,
  ): Outcome<ModelRequest, string> | Promise<Outcome<ModelRequest, string>>
  afterModel?(
    completion: ChatCompletion,
    step: StepContext<C>,
  ): Outcome<ChatCompletion, string> | Promise<Outcome<ChatCompletion, string>>
  beforeTool?(call: HookCall, step: StepContext<C>): Outcome<HookCall, unknown> | Promise<Outcome<HookCall, unknown>>
  afterTool?(
    result: ToolResult,
    call: HookCall,
    step: StepContext<C>,
  ): Outcome<ToolResult, unknown> | Promise<Outcome<ToolResult, unknown>>
}

export type Passed<T, A> = { readonly value: T } | Answered<A> | Stopped

/**
 * Passes a value through the hooks in order, until one answers or stops.
 * @throws RunError `hook_failed`; a ToolError as it is
 */
export function passThrough<T extends object, A>(
  value: T,
  hooks: readonly ((value: T) => Outcome<T, A> | Promise<Outcome<T, A>>)[],
): Passed<T, A> | Promise<Passed<T, A>> {
  return hooks.length === 0 ? { value } : throughAll(value, hooks)
}

async function throughAll<T extends object, A>(
  value: T,
  hooks: readonly ((value: T) => Outcome<T, A> | Promise<Outcome<T, A>>)[],
): Promise<Passed<T, A>> {
  let current = value
  for (const hook of hooks) {
    const outcome = await guarded(() => hook(current))
    if (outcome === undefined) continue
    if (isStopped(outcome)) return outcome
    if (isAnswered<A>(outcome)) return outcome
    current = outcome as T
  }
  return { value: current }
}

async function guarded<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (isPawlError(cause) && (cause.code === 'tool_error' || cause.code === 'aborted')) throw cause
    throw new RunError('hook_failed', 'A hook of the agent threw; the run stands where it was.', { cause })
  }
}

function isStopped(outcome: object): outcome is Stopped {
  return 'stop' in outcome && typeof outcome.stop === 'string'
}

function isAnswered<A>(outcome: object): outcome is Answered<A> {
  return 'answer' in outcome
}

/** What stands in the log where a hook stopped the run. */
export function stoppedByHook(
  reason: string,
  step: number,
  { text }: RunState,
): RecordedEvent & { type: 'run.stopped' } {
  return { type: 'run.stopped', reason, stoppedBy: { limit: 'hook', reached: step, allowed: step }, text }
}
