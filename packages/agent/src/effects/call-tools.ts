/** The calls of one step: what is asked before they run, and the effects `tool:<step>:<index>` that run them. */

import { isPawlError, type ToolMessage, type Usage } from '@pawl/client'
import {
  callIdentity,
  executeCall,
  faultResult,
  outputJson,
  outputText,
  prepareCall,
  type ReadyCall,
  type ToolContext,
  type ToolResult,
  type ToolSet,
} from '@pawl/tools'
import { type AgentSpec, specOf } from '../agent.ts'
import { childInput, childOf } from '../agent-as-tool.ts'
import type { RecordedEvent, StoredEvent } from '../events.ts'
import { handoffOf } from '../handoff.ts'
import { validHistory } from '../history.ts'
import { passThrough, stoppedByHook } from '../hooks.ts'
import type { EffectContext, NamedEffect } from '../journal/journal.ts'
import { callsOfMessage } from '../limits.ts'
import { timesGiven, timesSame } from '../repeats.ts'
import { childRunId } from '../run-id.ts'
import { leaderOf, type Scope, stepContext, toolsOf } from '../scope.ts'
import type { RunState, Unanswered } from '../state.ts'
import { unlessAborted } from '../unless-aborted.ts'
import { argumentsText, asked, digestOf, intend, needsIntent, withArguments } from './intent.ts'
import { done } from './tool-done.ts'

/** A call that is to run, with what is to be told beside its result. */
interface Runnable {
  readonly open: Unanswered
  readonly ready: ReadyCall
  readonly note?: string
}

type Sorted =
  | { readonly type: 'settled'; readonly open: Unanswered; readonly event: RecordedEvent }
  | { readonly type: 'intend'; readonly open: Unanswered; readonly ready: ReadyCall }
  | { readonly type: 'doubt'; readonly open: Unanswered; readonly ready: ReadyCall }
  | ({ readonly type: 'run' } & Runnable)

/** One round: every ready call is settled, asked about, or run. What still waits is left to the next round. */
export async function callTools(
  scope: Scope,
  state: RunState,
  calls: readonly Unanswered[],
): Promise<readonly StoredEvent[]> {
  const spec = leaderOf(scope, state)
  const set = await toolsOf(spec)
  const sorted = calls.map((open) => sort(scope, spec, state, set, open))
  const settled = sorted.flatMap((each) => (each.type === 'settled' ? [each] : []))
  const doubts = sorted.flatMap((each) => (each.type === 'doubt' ? [each] : []))
  const runnable = sorted.flatMap((each) => (each.type === 'run' ? [each] : []))
  const intents = thisWave(
    scope.places,
    sorted.flatMap((each) => (each.type === 'intend' ? [each] : [])),
    runnable,
  )
  const named = (kind: 'tool' | 'intent', { index }: Unanswered, suffix = '') =>
    `${kind}:${state.steps}:${index}${suffix}`
  const effects: NamedEffect[] = [
    ...settled.map(({ open, event }) => ({ name: named('tool', open), effect: async () => [event] })),
    ...doubts.map(({ open, ready }) => ({
      name: named('intent', open, ':doubt'),
      effect: (context: EffectContext) =>
        unlessAborted(context.signal, resolveDoubt(state, open, ready, toolContext(scope, ready, context))),
    })),
    ...intents.map(({ open, ready }) => ({
      name: named('intent', open),
      effect: (context: EffectContext) =>
        unlessAborted(context.signal, intend(scope, spec, state, open, ready, toolContext(scope, ready, context))),
    })),
    ...runnable.map((each) => ({
      name: named('tool', each.open, each.open.decision && childOf(each.ready.tool) ? `:${each.open.decision.id}` : ''),
      effect: (context: EffectContext) => runCall(scope, spec, state, each, context),
    })),
  ]
  const begun = await scope.journal.note(runnable.flatMap((each) => startedNow(state, each)))
  const ended = await scope.journal.all(effects)
  // What intents and probes settled is read from their events alone: a replay runs none of them, and goes the same way.
  const key = ({ index }: Unanswered) => `${state.steps}:${index}`
  for (const { open } of intents) scope.passed.add(key(open))
  for (const [position, { open }] of doubts.entries()) {
    if (ended[settled.length + position]?.length !== 0) continue
    scope.inDoubt.delete(key(open))
    scope.passed.add(key(open))
  }
  return [...begun, ...ended.flat()]
}

/** That a call which must not run twice begins now, since somebody approved it: from here on that word is used up. */
function startedNow({ steps: step }: RunState, { open, ready }: Runnable): RecordedEvent[] {
  const { tool, call } = ready
  if (!open.decision || tool.effect !== 'once' || childOf(tool) || handoffOf(tool)) return []
  return [
    {
      type: 'tool.started',
      step,
      index: open.index,
      callId: call.id,
      name: tool.name,
      arguments: argumentsText(ready),
    },
  ]
}

function sort(scope: Scope, spec: AgentSpec, state: RunState, set: ToolSet, open: Unanswered): Sorted {
  const step = state.steps
  const fault = (text: string): Sorted => ({
    type: 'settled',
    open,
    event: done(step, open.index, faultResult(open.call.id, text)),
  })
  const refusal = notRun(state, open)
  if (refusal) return fault(refusal)
  const call = open.started === undefined ? open.call : { ...open.call, ...argumentsOf(open.call, open.started) }
  const prepared = prepareCall(set, call)
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
  return { type: 'run', open, ready }
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

/** Calls that must not run twice are written before they begin, so those that would wait for a place or a lock are left to a later round. */
function thisWave(atOnce: number, intents: readonly (Sorted & { type: 'intend' })[], runnable: readonly Runnable[]) {
  const lockOf = ({ ready: { tool, input } }: Pick<Runnable, 'ready'>) => tool.lock?.(input)
  const locks = new Set(runnable.map(lockOf))
  let places = atOnce - runnable.length
  return intents.filter((each) => {
    const { tool } = each.ready
    if (tool.approval || tool.external) return true
    const lock = lockOf(each)
    if (places <= 0 || (lock !== undefined && locks.has(lock))) return false
    places -= 1
    if (lock !== undefined) locks.add(lock)
    return true
  })
}

/** A call that had begun when an earlier process ended: its own probe is asked, then a person. Calls that may repeat just run. */
async function resolveDoubt(
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

async function runCall(
  scope: Scope,
  spec: AgentSpec,
  state: RunState,
  { open, ready, note }: Runnable,
  context: EffectContext,
): Promise<readonly RecordedEvent[]> {
  const { steps: step } = state
  const { tool } = ready
  const target = handoffOf(tool)
  if (target) return handOver(state, spec, open, targetName(target), target.filter)
  const child = childOf(tool)
  if (child) return runChild(scope, state, open, ready, childInput(ready.input, child), context)
  const identity = callIdentity(tool, ready.input)
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
  const passed = await unlessAborted(context.signal, after(scope, spec, state, ready, ran))
  if ('stop' in passed) {
    return [done(step, open.index, ran), stoppedByHook(passed.stop, step, state)]
  }
  const { repeats = Infinity } = state.limits
  const times = timesGiven(state.repeats, identity, told(passed.value, [note]).message.content)
  const again = times >= repeats ? `This call gave this result ${times} times; it will not be run again.` : undefined
  return [done(step, open.index, told(passed.value, [note, again]), { identity, ...(again && { same: true }) })]
}

/** The result with what is to be said beside it. */
function told(result: ToolResult, notes: readonly (string | undefined)[]): ToolResult {
  const text = notes.filter(Boolean).join(' ')
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
  if (hooks.length === 0) return { value: result }
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

function targetName({ agent }: { agent: { name: string } }): string {
  return agent.name
}

/** One handoff a message: the first one leads; the others are answered that it did. */
function handOver(
  state: RunState,
  spec: AgentSpec,
  { index, call }: Unanswered,
  to: string,
  filter?: (messages: RunState['messages']) => RunState['messages'],
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

async function runChild(
  scope: Scope,
  state: RunState,
  open: Unanswered,
  ready: ReadyCall,
  input: string,
  context: EffectContext,
): Promise<readonly RecordedEvent[]> {
  const { steps: step } = state
  const spec = specOf(childOf(ready.tool)?.agent ?? { name: ready.tool.name })
  const runId = childRunId(state.runId, step, open.index)
  const decisions = [...(open.decision ? [open.decision] : []), ...scope.decisions]
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
  const waiting =
    end.status === 'waiting' ? end.unanswered.find((each) => each.asked && !each.decision)?.asked : undefined
  if (waiting)
    return [{ type: 'approval.asked', step, index: open.index, pending: waiting.pending, digest: waiting.digest }]
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

function toolContext(scope: Scope, { call }: ReadyCall, { key, signal, live }: EffectContext): ToolContext<any> {
  return {
    context: scope.context,
    signal,
    callId: call.id,
    idempotencyKey: key.replace('/intent:', '/tool:'),
    progress: (value) => live({ type: 'tool.progress', callId: call.id, value }),
  }
}
