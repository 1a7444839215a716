/** Folds one event into the state. Pure: the same log always gives the same state. */

import { type ChatCompletion, fixJson, type Message, type ToolCall } from '@pawl/client'
import { countCall } from '../limits/repeats.ts'
import { estimateTokens } from '../limits/tokens.ts'
import { addUsage, noUsage } from '../limits/usage.ts'
import { assistantMessage } from './assistant-message.ts'
import type { StoredEvent } from './events.ts'
import type { RunState, Unanswered } from './state.ts'

/** @param before undefined for `run.started`, the first event of every log */
export function record(before: RunState | undefined, event: StoredEvent): RunState {
  if (event.type === 'run.started') return begin(event)
  if (!before) throw new TypeError(`A log begins with run.started, not with ${event.type}.`)
  const next = withEvent(goOn(before, event), event)
  next.at = event.at
  next.time = event.time
  return next
}

/** A state that is still being made. */
type Draft = { -readonly [K in keyof RunState]: RunState[K] }

/** Always a new object, and only one: a step makes several states. */
function withEvent(state: RunState, event: Exclude<StoredEvent, { type: 'run.started' }>): Draft {
  switch (event.type) {
    case 'completion.done':
      return addCompletion(state, event)
    case 'tool.started':
      // The word that let it begin is used up: whether it happened is a new question.
      return updateCall(state, event.index, ({ index, call }) => ({ index, call, started: event.arguments }))
    case 'tool.done':
      return event.late ? { ...state } : addAnswer(state, event)
    case 'approval.asked':
      return updateCall(state, event.index, ({ decision: _, ...open }) => ({
        ...open,
        asked: { pending: event.pending, ...(event.also && { also: event.also }), digest: event.digest },
      }))
    case 'approval.given':
      return {
        ...state,
        status: 'running',
        unanswered: state.unanswered.map((open) => (asksFor(open, event.id) ? { ...open, decision: event } : open)),
      }
    case 'handoff.done':
      return { ...state, agent: event.to, ...(event.messages && keptMessages(state, event.messages)) }
    case 'message.added': {
      const { closing: _, repeated: __, ...open } = state
      return {
        ...addMessages(open, [event.message]),
        repairs: event.by === 'loop' ? state.repairs + 1 : 0,
        status: 'running',
        text: '',
        finishReason: '',
      }
    }
    case 'history.compacted':
      return {
        ...state,
        messages: event.messages.map((message) => fixJson(message)),
        from: 0,
        size: event.messages.reduce((sum, message) => sum + estimateTokens(message), 0),
      }
    case 'run.waiting':
      return { ...state, status: 'waiting', idleSince: event.time }
    case 'run.resumed': {
      const { closing, repeated, result: _, error: __, ...open } = state
      const bound = { ...(closing && { closing }), ...(repeated !== undefined && { repeated }) }
      const { limits = state.limits } = event
      return { ...open, status: 'running', limits, ...(event.limits === undefined && bound) }
    }
    case 'run.done':
      return {
        ...state,
        status: 'done',
        result: { text: event.text, ...(event.output !== undefined && { output: event.output }) },
      }
    case 'run.stopped':
      return {
        ...state,
        status: 'stopped',
        idleSince: event.time,
        usage: addUsage(state.usage, event.usage),
        cost: state.cost + (event.cost ?? 0),
        result: {
          text: event.text,
          reason: event.reason,
          ...(event.output !== undefined && { output: event.output }),
          ...(event.stoppedBy && { stoppedBy: event.stoppedBy }),
        },
      }
    case 'run.failed':
      return { ...state, status: 'failed', idleSince: event.time, error: event.error }
  }
}

function asksFor({ asked }: Unanswered, id: string): boolean {
  return asked?.pending.id === id || (asked?.also?.some((pending) => pending.id === id) ?? false)
}

/** Time that the run spent waiting, stopped or failed is no part of its duration. */
function goOn(state: RunState, event: StoredEvent): RunState {
  if (state.idleSince === undefined && event.type !== 'approval.given') return state
  const { idleSince, ...before } = state
  const since = idleSince ?? (event.type === 'approval.given' ? before.time : event.time)
  return { ...before, startedAt: before.startedAt + event.time - since }
}

/** The whole log at once; undefined for an empty one. */
export function fold(events: readonly StoredEvent[]): RunState | undefined {
  let state: RunState | undefined
  for (const event of events) state = record(state, event)
  return state
}

function begin(event: StoredEvent & { type: 'run.started' }): RunState {
  const messages = event.input.map((message) => fixJson(message))
  return {
    ...{ runId: event.runId, status: 'running', agent: event.agent, limits: event.limits, messages, from: 0, steps: 0 },
    ...{
      unanswered: [],
      answers: [],
      toolCalls: 0,
      usage: noUsage,
      cost: 0,
      repeats: [],
      text: '',
      refused: false,
      repairs: 0,
    },
    size: messages.reduce((sum, message) => sum + estimateTokens(message), 0),
    ...{ startedAt: event.time, at: event.at, time: event.time },
    ...(event.parent !== undefined && { parent: event.parent }),
    ...(event.after !== undefined && { after: event.after }),
  }
}

function addCompletion(state: RunState, event: StoredEvent & { type: 'completion.done' }): Draft {
  const message = fixJson(assistantMessage(event.completion, event.keepReasoning ?? false))
  const calls = message.tool_calls ?? []
  const { prompt_tokens = 0, completion_tokens = 0 } = event.completion.usage ?? {}
  const known = prompt_tokens + completion_tokens
  return {
    ...state,
    status: 'running',
    messages: [...state.messages, message],
    steps: state.steps + 1,
    unanswered: calls.map((call, index) => ({ index, call: asWritten(call, event.completion, index) })),
    answers: calls.map(() => undefined),
    usage: addUsage(state.usage, event.usage),
    cost: state.cost + (event.cost ?? 0),
    size: known > 0 ? known : state.size + estimateTokens(message),
    finishReason: event.completion.choices[0]?.finish_reason ?? '',
    text: event.completion.choices[0]?.message.content ?? event.completion.choices[0]?.message.refusal ?? '',
    refused: Boolean(event.completion.choices[0]?.message.refusal),
    ...(event.closing && { closing: event.closing }),
  }
}

/** The call with the text that the model wrote: the history holds only valid JSON, while a tool may mend what is broken. */
function asWritten(call: ToolCall, { choices }: ChatCompletion, index: number): ToolCall {
  const written = choices[0]?.message.tool_calls?.[index]
  if (call.type === 'custom' || written?.type !== 'function') return call
  const { arguments: text } = written.function
  return call.function.arguments === text ? call : { ...call, function: { ...call.function, arguments: text } }
}

/** Tools end in any order; their messages join the history together, in call order. */
function addAnswer(state: RunState, event: StoredEvent & { type: 'tool.done' }): Draft {
  const { index, message, identity } = event
  const unanswered = state.unanswered.filter((open) => open.index !== index)
  const answers = state.answers.with(index, message)
  const added = unanswered.length === 0 ? answers.filter((answer) => answer !== undefined) : none
  return {
    ...(added.length === 0 ? state : addMessages(state, added)),
    unanswered,
    answers: unanswered.length === 0 ? none : answers,
    toolCalls: state.toolCalls + 1,
    usage: addUsage(state.usage, event.usage),
    cost: state.cost + (event.cost ?? 0),
    repeats: identity === undefined ? state.repeats : countCall(state.repeats, identity, message.content, event.same),
    ...(event.repeated !== undefined && { repeated: event.repeated }),
  }
}

const none: readonly never[] = []

/** What a filter left of the conversation, and the message whose call handed over. */
function keptMessages(state: RunState, kept: readonly Message[]): Pick<RunState, 'messages' | 'from' | 'size'> {
  const messages = [...kept.map((message) => fixJson(message)), ...state.messages.slice(-1)]
  return { messages, from: 0, size: messages.reduce((sum, message) => sum + estimateTokens(message), 0) }
}

function addMessages(state: RunState, added: readonly Message[]): Draft {
  const fixed = added.map((message) => fixJson(message))
  return {
    ...state,
    messages: [...state.messages, ...fixed],
    size: fixed.reduce((sum, message) => sum + estimateTokens(message), state.size),
  }
}

function updateCall(state: RunState, index: number, change: (open: Unanswered) => Unanswered): Draft {
  return { ...state, unanswered: state.unanswered.map((open) => (open.index === index ? change(open) : open)) }
}
