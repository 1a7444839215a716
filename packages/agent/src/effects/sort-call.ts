/** What is to become of a call in this round: from the state and from what this process knows of the call. */

import {
  callIdentity,
  faultResult,
  outputText,
  prepareCall,
  type ReadyCall,
  type ToolResult,
  type ToolSet,
} from '@pawl/tools'
import type { AgentSpec } from '../agent.ts'
import { childOf } from '../agent-as-tool.ts'
import { callsOfMessage } from '../limits/limits.ts'
import { timesSame } from '../limits/repeats.ts'
import type { Scope } from '../scope.ts'
import type { RecordedEvent } from '../state/events.ts'
import type { RunState, Unanswered } from '../state/state.ts'
import { argumentsText, asked, digestOf, needsIntent, withArguments } from './intent.ts'
import { done } from './tool-done.ts'

/** A call that is to run, with what is to be told beside its result. */
export interface Runnable {
  readonly open: Unanswered
  readonly ready: ReadyCall
  readonly note?: string
  /** where it is known already */
  readonly identity?: string
}

/** Settled without running; to be asked about; begun by an earlier process; or to run. */
export type Sorted =
  | { readonly type: 'settled'; readonly open: Unanswered; readonly event: RecordedEvent }
  | { readonly type: 'intend'; readonly open: Unanswered; readonly ready: ReadyCall }
  | { readonly type: 'doubt'; readonly open: Unanswered; readonly ready: ReadyCall }
  | ({ readonly type: 'run' } & Runnable)

export function sortCall(scope: Scope, spec: AgentSpec, state: RunState, set: ToolSet, open: Unanswered): Sorted {
  const step = state.steps
  const fault = (text: string): Sorted => ({
    type: 'settled',
    open,
    event: done(step, open.index, faultResult(open.call.id, text)),
  })
  const refusal = notRun(state, open)
  if (refusal) return fault(refusal)
  const call = open.started === undefined ? open.call : { ...open.call, ...argumentsOf(open.call, open.started) }
  const prepared = prepareCall(set, call, scope)
  if (prepared.type === 'answered') return { type: 'settled', open, event: done(step, open.index, prepared.result) }
  const ready = open.asked ? withAsked(prepared, open) : prepared
  const key = `${step}:${open.index}`
  const doubtful = scope.inDoubt.has(key) && open.asked?.pending.type !== 'unknown'
  if (doubtful && !childOf(ready.tool)) return { type: 'doubt', open, ready }
  if (open.decision && !childOf(ready.tool)) return decided(state, open, ready)
  const identity = callIdentity(ready.tool, ready.input)
  const { repeats = Infinity } = state.limits
  const before = timesSame(state.repeats, identity)
  if (before >= repeats) {
    const text = `This call gave the same result ${before} times and was not run again. Answer with what you have.`
    return {
      type: 'settled',
      open,
      event: done(step, open.index, faultResult(open.call.id, text), { repeated: before + 1 }),
    }
  }
  const unwritten = open.started === undefined && ready.tool.effect === 'once'
  if (!scope.passed.has(key) && (unwritten || (open.started === undefined && needsIntent(spec, ready.tool))))
    return { type: 'intend', open, ready }
  return { type: 'run', open, ready, identity }
}

/** Calls that no answer of the model can have run. */
function notRun(
  { answers, closing, finishReason, limits, toolCalls }: RunState,
  { index }: Unanswered,
): string | undefined {
  if (finishReason === 'length')
    return 'Your answer was cut by the limit of its length, so none of its calls was run. Send less at once.'
  if (closing) return `The limit of ${closing.limit} is reached, and the call was not run. Answer without tools.`
  if (index >= callsOfMessage) return `One message may hold ${callsOfMessage} calls; this one was not run.`
  // By the place in the message, so that it is the same calls whichever of them were answered first.
  const before = toolCalls - answers.filter((message) => message !== undefined).length
  if (before + index >= (limits.toolCalls ?? Infinity))
    return `The run may make ${limits.toolCalls} calls; this one was not run. Answer with what you have.`
  return undefined
}

function argumentsOf(call: Unanswered['call'], text: string) {
  return call.type === 'custom'
    ? { custom: { ...call.custom, input: text } }
    : { function: { ...call.function, arguments: text } }
}

/** The call as it was asked about: hooks may have changed its arguments. */
function withAsked(prepared: ReadyCall, { asked: question }: Unanswered): ReadyCall {
  if (!question || childOf(prepared.tool)) return prepared
  const decoded = prepared.tool.decode(argumentsText(question.pending))
  return decoded.ok ? { ...prepared, call: question.pending.call, input: decoded.value } : prepared
}

/** A decision holds for exactly what was asked: another definition or other arguments are asked about anew. */
function decided(state: RunState, open: Unanswered, ready: ReadyCall): Sorted {
  const { steps: step, runId } = state
  const { decision, asked: question } = open
  const settle = (result: ToolResult): Sorted => ({ type: 'settled', open, event: done(step, open.index, result) })
  if (!decision || !question) return { type: 'run', open, ready }
  if (question.digest !== digestOf(runId, ready)) {
    return {
      type: 'settled',
      open,
      event: asked(
        question.pending.type,
        runId,
        step,
        open.index,
        ready,
        'The tool has changed since it was asked about.',
      ),
    }
  }
  switch (decision.verdict) {
    case 'deny':
      return settle(
        faultResult(
          open.call.id,
          `A person did not allow this call${typeof decision.value === 'string' ? `: ${decision.value}` : '.'}`,
        ),
      )
    case 'answer':
      return settle({
        message: { role: 'tool', tool_call_id: open.call.id, content: outputText(decision.value) },
        isError: false,
        value: decision.value,
        ms: 0,
      })
    case 'edit': {
      const changed = withArguments(ready, decision.value)
      if ('problem' in changed) return settle(faultResult(open.call.id, changed.problem))
      return {
        type: 'run',
        open,
        ready: changed,
        note: `A person changed the arguments to ${argumentsText(changed)} before it ran.`,
      }
    }
    case 'approve':
      return { type: 'run', open, ready }
  }
}
