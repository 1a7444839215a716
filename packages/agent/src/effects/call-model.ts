/** The effect `model:<step>`: builds the request, asks, and tells what came, with the calls that begin at once. */

import {
  type ChatCompletion,
  fixJson,
  type ModelRequest,
  profileOf,
  type SystemMessage,
  type Usage,
} from '@pawl/client'
import { callIdentity, prepareCall, type ToolSet } from '@pawl/tools'
import type { AgentSpec, ModelSettings } from '../agent.ts'
import { passThrough, stoppedByHook } from '../hooks.ts'
import type { EffectContext } from '../journal/journal.ts'
import { compacted } from '../limits/compaction.ts'
import { callsOfMessage, leastTokens, type Reached } from '../limits/limits.ts'
import { isOverflow } from '../limits/overflow.ts'
import { timesSame } from '../limits/repeats.ts'
import { estimateRequest } from '../limits/tokens.ts'
import { leaderOf, type Scope, stepContext, toolsOf } from '../scope.ts'
import type { RecordedEvent } from '../state/events.ts'
import { validHistory } from '../state/history.ts'
import { record } from '../state/record.ts'
import type { RunState } from '../state/state.ts'
import type { StepContext } from '../step-context.ts'
import { type Asked, askModels } from './ask-model.ts'
import { needsIntent } from './intent.ts'

type Completed = RecordedEvent & { type: 'completion.done' }

export async function callModel(
  scope: Scope,
  before: RunState,
  step: number,
  closing: Reached | undefined,
  context: EffectContext,
): Promise<readonly RecordedEvent[]> {
  const spec = leaderOf(scope, before)
  const events: RecordedEvent[] = []
  const shorten = async (state: RunState, reason: 'size' | 'overflow') => {
    const event = await compacted(state, spec.compaction, reason, context.signal)
    if (!event) return undefined
    events.push(event)
    return record(state, { ...event, runId: state.runId, at: state.at, time: state.time })
  }
  const { above = Infinity } = spec.compaction
  let state = before.size > above ? ((await shorten(before, 'size')) ?? before) : before
  for (let attempt = 0; ; attempt += 1) {
    try {
      const made = await attemptStep(scope, spec, state, step, closing, context)
      return events.length === 0 ? made : [...events, ...made]
    } catch (error) {
      const shorter = attempt < 2 && isOverflow(error) ? await shorten(state, 'overflow') : undefined
      if (!shorter) throw error
      state = shorter
    }
  }
}

async function attemptStep(
  scope: Scope,
  spec: AgentSpec,
  state: RunState,
  step: number,
  closing: Reached | undefined,
  context: EffectContext,
): Promise<readonly RecordedEvent[]> {
  const set = await toolsOf(spec)
  const own = stepContext(scope, state, step)
  const instructions = typeof spec.instructions === 'function' ? await spec.instructions(own) : spec.instructions
  const settings = typeof spec.modelSettings === 'function' ? await spec.modelSettings(own) : spec.modelSettings
  const built = requestFor(scope, spec, own, { set, instructions, settings, closing })
  const passed = await passThrough<ModelRequest, string>(built, hooksOf(spec, 'beforeModel', own))
  if ('stop' in passed) return [stoppedByHook(passed.stop, step, state)]
  if ('answer' in passed)
    return [completed(spec, step, spokenCompletion(passed.answer), undefined, closing, scope, 'hook')]
  const request = passed.value === built ? built : { ...passed.value, messages: validHistory(passed.value.messages) }

  const reserved = reserve(scope, spec, state, request)
  if ('limit' in reserved)
    return [{ type: 'run.stopped', reason: `limit of ${reserved.limit}`, stoppedBy: reserved, text: state.text }]
  let asked: Asked | undefined
  try {
    asked = await askModels(spec.models, reserved.request, scope.streaming(), context)
  } finally {
    reserved.settle(asked?.usage, asked && scope.prices?.cost(asked.model.id, asked.usage))
  }
  const after = await passThrough<ChatCompletion, string>(asked.completion, hooksOf(spec, 'afterModel', own))
  const cost = scope.prices?.cost(asked.model.id, asked.usage)
  if ('stop' in after)
    return [{ ...stoppedByHook(after.stop, step, state), usage: asked.usage, ...(cost !== undefined && { cost }) }]
  const completion =
    'answer' in after ? { ...spokenCompletion(after.answer), usage: asked.completion.usage } : after.value
  const done = completed(spec, step, completion, asked, closing, scope, asked.model.id)
  return closing ? [done] : [done, ...startedAtOnce(scope, spec, state, done, set)]
}

/** What a request is made of beside the conversation. */
interface Parts {
  readonly set: ToolSet
  readonly instructions: string | undefined
  readonly settings: ModelSettings | undefined
  readonly closing: Reached | undefined
}

function requestFor({ root }: Scope, spec: AgentSpec, own: StepContext, parts: Parts): ModelRequest {
  const { set, instructions, settings, closing } = parts
  const { contract } = root
  const [model] = spec.models
  const profile = model && profileOf(model)
  const schemaKnown = profile?.jsonSchema ?? true
  const inWords = contract && !schemaKnown ? contract.instructions : undefined
  const words = instructions && inWords ? `${instructions}\n\n${inWords}` : instructions || inWords
  const messages = words ? [systemMessage(words), ...own.messages] : own.messages
  const tools =
    set.definitions.length > 0 && !(closing && profile?.toolChoiceNone === false) ? set.definitions : undefined
  const choice = closing ? 'none' : own.number === 1 ? spec.toolChoice : undefined
  const request: ModelRequest = {
    messages,
    ...(tools && { tools }),
    ...(tools && choice !== undefined && { tool_choice: choice }),
    ...(contract && { response_format: schemaKnown ? contract.responseFormat : { type: 'json_object' } }),
  }
  return settings ? { ...request, ...settings } : request
}

const systemMessages = new Map<string, SystemMessage>()

/** The same instructions are the same message, so that its text is made once. Bounded: instructions may be made for each step. */
function systemMessage(content: string): SystemMessage {
  const known = systemMessages.get(content)
  if (known) return known
  if (systemMessages.size >= 256) systemMessages.clear()
  const made: SystemMessage = fixJson({ role: 'system', content })
  systemMessages.set(content, made)
  return made
}

function hooksOf<K extends 'beforeModel' | 'afterModel'>(
  { hooks }: AgentSpec,
  name: K,
  own: ReturnType<typeof stepContext>,
): ((value: any) => any)[] {
  return hooks.flatMap((each) => (each[name] ? [(value: any) => each[name]?.(value, own)] : []))
}

interface Reserved {
  readonly request: ModelRequest
  settle(usage: Usage | undefined, cost: number | undefined): void
}

/** Takes the worst case out of the shared budget and lowers the answer's bound to what is left. */
function reserve(scope: Scope, spec: AgentSpec, state: RunState, request: ModelRequest): Reserved | Reached {
  const { budget, prices } = scope
  if (!budget.bounded) return { request, settle: (used, paid) => budget.take(used?.total_tokens ?? 0, paid ?? 0) }
  const [tokens, cost] = [budget.room('tokens'), budget.room('cost')]
  const [model] = spec.models
  const asked = request.max_completion_tokens ?? request.max_tokens ?? Infinity
  const input = state.steps === 0 ? estimateRequest(request) : state.size
  const byTokens = tokens.left - input
  const price = (prompt: number, answer: number) =>
    (model &&
      prices?.cost(model.id, { prompt_tokens: prompt, completion_tokens: answer, total_tokens: prompt + answer })) ??
    0
  const perToken = (price(0, 1_000_000) ?? 0) / 1_000_000
  const forAnswer = cost.left - price(input, 0)
  const byCost = perToken === 0 ? (forAnswer < 0 ? 0 : Infinity) : forAnswer / perToken
  const room = Math.floor(Math.min(asked, byTokens, byCost))
  if (room < Math.min(leastTokens, asked)) {
    const [limit, { reached, allowed }] = byTokens <= byCost ? (['tokens', tokens] as const) : (['cost', cost] as const)
    return { limit, reached, allowed }
  }
  const bounded = room < Infinity
  const [reservedTokens, reservedCost] = bounded ? [input + room, price(input, room)] : [input, price(input, 0)]
  budget.take(reservedTokens, reservedCost)
  const field = model ? profileOf(model).maxTokensField : 'max_completion_tokens'
  const { max_tokens: _, max_completion_tokens: __, ...rest } = request
  return {
    request: bounded ? { ...rest, [field]: room } : request,
    settle: (used, paid) => budget.take((used?.total_tokens ?? input) - reservedTokens, (paid ?? 0) - reservedCost),
  }
}

function completed(
  spec: AgentSpec,
  step: number,
  completion: ChatCompletion,
  asked: Asked | undefined,
  closing: Reached | undefined,
  { prices }: Scope,
  model: string,
): Completed {
  const usage = asked?.usage ?? { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }
  const cost = prices?.cost(model, usage)
  const keepReasoning = asked && profileOf(asked.model).reasoningSentBack
  return {
    type: 'completion.done',
    step,
    agent: spec.name,
    model,
    completion,
    usage,
    ...(cost !== undefined && { cost }),
    ...(closing && { closing }),
    ...(keepReasoning && { keepReasoning }),
  }
}

/** What a hook answers in the model's place. */
function spokenCompletion(content: string): ChatCompletion {
  return {
    id: 'hook',
    object: 'chat.completion',
    created: 0,
    model: 'hook',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  }
}

/** Of the calls that must not run twice, those that begin at once are written together with the answer. */
function startedAtOnce(scope: Scope, spec: AgentSpec, state: RunState, done: Completed, set: ToolSet): RecordedEvent[] {
  if (done.completion.choices[0]?.finish_reason === 'length') return []
  if (!set.tools.some((tool) => tool.effect === 'once')) return []
  const after = record(state, { ...done, runId: state.runId, at: state.at, time: state.time })
  const locks = new Set<string>()
  let { places } = scope
  return after.unanswered.flatMap(({ index, call }): RecordedEvent[] => {
    if (index >= callsOfMessage || places === 0) return []
    const prepared = prepareCall(set, call)
    if (prepared.type === 'answered') return []
    const { tool, input } = prepared
    // A call that will not be run, since it only repeats itself, must not look as if it had begun.
    if (timesSame(state.repeats, callIdentity(tool, input)) >= (state.limits.repeats ?? Infinity)) return []
    places -= 1
    if (tool.effect !== 'once' || tool.external || needsIntent(spec, tool)) return []
    const lock = tool.lock?.(input)
    if (lock !== undefined && locks.has(lock)) return []
    if (lock !== undefined) locks.add(lock)
    const text = call.type === 'custom' ? call.custom.input : call.function.arguments
    return [{ type: 'tool.started', step: done.step, index, callId: call.id, name: tool.name, arguments: text }]
  })
}
