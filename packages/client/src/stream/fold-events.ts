/** What a stream shows: the events of each chunk, as the completion grows. */

import type { ChatCompletionChunk } from '../types/chunk.ts'
import type { Choice } from '../types/completion.ts'
import { type Accumulator, createAccumulator } from './accumulate.ts'
import type { Growth } from './growth.ts'
import type { StreamEvent, StreamEvents } from './stream-events.ts'
import type { GrowingCall } from './tool-calls.ts'

/** Gives `parsed` to the events of a text that is JSON; set by whoever made the response format. */
export interface ContentParser {
  partial(): { push(text: string): unknown }
  final(text: string): unknown
}

/** Chunks in, events out; the completion grows beside them. */
export interface EventFold {
  readonly accumulator: Accumulator
  /** Adds a chunk and gives its events: `chunk` first, then what it changed. */
  add(chunk: ChatCompletionChunk): StreamEvent[]
  /** The events of a chunk that the accumulator has been given already. */
  take(chunk: ChatCompletionChunk): StreamEvent[]
  /** What is still open at the end, and the usage. */
  end(): StreamEvent[]
}

/** What was shown of one choice and has no `done` yet. */
interface Open {
  content: boolean
  refusal: boolean
  readonly calls: Map<GrowingCall, number>
  partial: { push(text: string): unknown } | undefined
}

/** @param growing makes the accumulator: a source's own, for one that adds its chunks itself */
export function foldEvents(
  parser?: ContentParser,
  growing: (growth: Growth) => Accumulator = createAccumulator,
): EventFold {
  const open = new Map<Choice, Open>()
  let events: StreamEvent[] = []

  const openOf = (choice: Choice): Open => {
    const known = open.get(choice)
    if (known) return known
    const fresh: Open = { content: false, refusal: false, calls: new Map(), partial: undefined }
    open.set(choice, fresh)
    return fresh
  }

  const closeTexts = (choice: Choice, state: Open) => {
    const { message, logprobs } = choice
    if (state.content) {
      const content = message.content ?? ''
      // A text that was cut is no value.
      const whole = parser && choice.finish_reason !== 'length' && choice.finish_reason !== 'content_filter'
      events.push({ type: 'content.done', content, ...(whole && { parsed: parser.final(content) }) })
      if (logprobs?.content) events.push({ type: 'logprobs.content.done', content: logprobs.content })
    }
    if (state.refusal) {
      events.push({ type: 'refusal.done', refusal: message.refusal ?? '' })
      if (logprobs?.refusal) events.push({ type: 'logprobs.refusal.done', refusal: logprobs.refusal })
    }
    state.content = false
    state.refusal = false
  }

  const close = (choice: Choice) => {
    const state = openOf(choice)
    closeTexts(choice, state)
    for (const [grown] of state.calls) events.push(callDone(grown))
    state.calls.clear()
  }

  const accumulator = growing({
    content(choice, delta) {
      const state = openOf(choice)
      state.content = true
      const event: StreamEvents['content.delta'] = {
        type: 'content.delta',
        delta,
        snapshot: choice.message.content ?? '',
      }
      if (parser) {
        state.partial ??= parser.partial()
        event.parsed = state.partial.push(delta)
      }
      events.push(event)
    },
    refusal(choice, delta) {
      openOf(choice).refusal = true
      events.push({ type: 'refusal.delta', delta, snapshot: choice.message.refusal ?? '' })
    },
    reasoning(choice, delta) {
      const { reasoning_content, reasoning } = choice.message
      events.push({ type: 'reasoning.delta', delta, snapshot: reasoning_content || reasoning || '' })
    },
    call(choice, grown) {
      const state = openOf(choice)
      closeTexts(choice, state)
      const shown = state.calls.get(grown) ?? 0
      const { name, text } = partsOf(grown)
      state.calls.set(grown, name === '' ? shown : text.length)
      // Nobody can show a call without a name: its arguments wait for it.
      if (name !== '' && text.length > shown) events.push(callDelta(grown, text.slice(shown)))
    },
    logprobs(choice, kind, delta) {
      const snapshot = choice.logprobs?.[kind] ?? []
      if (kind === 'content') events.push({ type: 'logprobs.content.delta', content: delta, snapshot })
      else events.push({ type: 'logprobs.refusal.delta', refusal: delta, snapshot })
    },
    finish: close,
  })

  const flush = (): StreamEvent[] => {
    const told = events
    events = []
    return told
  }

  const take = (chunk: ChatCompletionChunk): StreamEvent[] => {
    events.unshift({ type: 'chunk', chunk, snapshot: accumulator.snapshot })
    return flush()
  }

  return {
    accumulator,
    add(chunk) {
      accumulator.add(chunk)
      return take(chunk)
    },
    take,
    end() {
      for (const choice of open.keys()) close(choice)
      const { usage } = accumulator.snapshot
      if (usage) events.push({ type: 'usage', usage })
      return flush()
    },
  }
}

function partsOf({ call }: GrowingCall): { name: string; text: string } {
  return call.type === 'custom'
    ? { name: call.custom.name, text: call.custom.input }
    : { name: call.function.name, text: call.function.arguments }
}

function callDelta({ call, index }: GrowingCall, delta: string): StreamEvent {
  if (call.type === 'custom') {
    const { name, input } = call.custom
    return { type: 'tool_calls.custom.input.delta', index, name, input_delta: delta, input }
  }
  const { name, arguments: text } = call.function
  return { type: 'tool_calls.function.arguments.delta', index, name, arguments_delta: delta, arguments: text }
}

function callDone({ call, index }: GrowingCall): StreamEvent {
  if (call.type === 'custom') return { type: 'tool_calls.custom.input.done', index, ...call.custom }
  const { name, arguments: text } = call.function
  return { type: 'tool_calls.function.arguments.done', index, name, arguments: text || '{}' }
}
