/** Turns chunks into stream events, folding them into the completion on the way. */

import { type Accumulator, createAccumulator } from './accumulate.ts'
import type { StreamEvent } from './stream-events.ts'
import type { ChatCompletionChunk, ChunkChoice } from './types/chunk.ts'
import type { Choice } from './types/completion.ts'

/** Gives `parsed` to the events of a text that is JSON; set by whoever made the response format. */
export interface ContentParser {
  partial(): { push(text: string): unknown }
  final(text: string): unknown
}

export interface EventFold {
  readonly accumulator: Accumulator
  /** The events of one chunk, in the order of its fields; `chunk` first. */
  add(chunk: ChatCompletionChunk): StreamEvent[]
  /** What is still open when the stream ends. */
  end(): StreamEvent[]
}

interface Open {
  content: boolean
  refusal: boolean
  call: number
  done: boolean
  partial: { push(text: string): unknown } | undefined
}

export function foldEvents(parser?: ContentParser): EventFold {
  const accumulator = createAccumulator()
  const { snapshot } = accumulator
  const open = new Map<number, Open>()

  const stateOf = (index: number) => {
    const known = open.get(index)
    if (known) return known
    const fresh: Open = { content: false, refusal: false, call: -1, done: false, partial: undefined }
    open.set(index, fresh)
    return fresh
  }

  const closeTexts = (choice: Choice, state: Open, out: StreamEvent[]) => {
    const { message, logprobs } = choice
    if (state.content) {
      const content = message.content ?? ''
      out.push({ type: 'content.done', content, ...(parser && { parsed: parser.final(content) }) })
      if (logprobs?.content) out.push({ type: 'logprobs.content.done', content: logprobs.content })
    }
    if (state.refusal) {
      out.push({ type: 'refusal.done', refusal: message.refusal ?? '' })
      if (logprobs?.refusal) out.push({ type: 'logprobs.refusal.done', refusal: logprobs.refusal })
    }
    state.content = false
    state.refusal = false
  }

  const closeCall = ({ message }: Choice, state: Open, out: StreamEvent[]) => {
    const call = message.tool_calls?.[state.call]
    const index = state.call
    state.call = -1
    if (!call) return
    if (call.type === 'custom')
      out.push({ type: 'tool_calls.custom.input.done', index, name: call.custom.name, input: call.custom.input })
    else
      out.push({
        type: 'tool_calls.function.arguments.done',
        index,
        name: call.function.name,
        arguments: call.function.arguments,
      })
  }

  const addChoice = (part: ChunkChoice, out: StreamEvent[]) => {
    const choice = snapshot.choices.find((each) => each.index === (part.index ?? 0))
    if (!choice) return
    const { delta, logprobs } = part
    const { message } = choice
    const state = stateOf(choice.index)
    if (delta?.content) {
      if (parser && choice.index === 0) state.partial ??= parser.partial()
      state.content = true
      out.push({
        type: 'content.delta',
        delta: delta.content,
        snapshot: message.content ?? '',
        ...(state.partial && { parsed: state.partial.push(delta.content) }),
      })
    }
    if (delta?.refusal) {
      state.refusal = true
      out.push({ type: 'refusal.delta', delta: delta.refusal, snapshot: message.refusal ?? '' })
    }
    const thought = delta?.reasoning_content || delta?.reasoning
    if (thought)
      out.push({
        type: 'reasoning.delta',
        delta: thought,
        snapshot: message.reasoning_content ?? message.reasoning ?? '',
      })
    if (logprobs?.content?.length)
      out.push({ type: 'logprobs.content.delta', content: logprobs.content, snapshot: choice.logprobs?.content ?? [] })
    if (logprobs?.refusal?.length)
      out.push({ type: 'logprobs.refusal.delta', refusal: logprobs.refusal, snapshot: choice.logprobs?.refusal ?? [] })
    if (delta?.tool_calls?.length) addCalls(choice, state, out)
    if (part.finish_reason && !state.done) {
      state.done = true
      closeTexts(choice, state, out)
      closeCall(choice, state, out)
    }
  }

  /** The calls that grew are those whose text is longer than before the chunk. */
  const lengths = new Map<number, number[]>()
  const addCalls = (choice: Choice, state: Open, out: StreamEvent[]) => {
    closeTexts(choice, state, out)
    const known = lengths.get(choice.index) ?? []
    lengths.set(choice.index, known)
    for (const [index, call] of (choice.message.tool_calls ?? []).entries()) {
      const text = call.type === 'custom' ? call.custom.input : call.function.arguments
      const name = call.type === 'custom' ? call.custom.name : call.function.name
      const length = known[index]
      // A call is announced once it has a name; what came before is in its first event.
      if (name === '' || length === text.length) continue
      if (length === undefined && state.call !== -1 && state.call !== index) closeCall(choice, state, out)
      state.call = index
      known[index] = text.length
      const delta = text.slice(length ?? 0)
      if (call.type === 'custom')
        out.push({ type: 'tool_calls.custom.input.delta', index, name, input_delta: delta, input: text })
      else
        out.push({ type: 'tool_calls.function.arguments.delta', index, name, arguments_delta: delta, arguments: text })
    }
  }

  return {
    accumulator,
    add(chunk) {
      const usage = accumulator.usage
      accumulator.add(chunk)
      const out: StreamEvent[] = [{ type: 'chunk', chunk, snapshot }]
      if (Array.isArray(chunk.choices)) for (const part of chunk.choices) if (part) addChoice(part, out)
      if (accumulator.usage && accumulator.usage !== usage) out.push({ type: 'usage', usage: accumulator.usage })
      return out
    },
    end() {
      const out: StreamEvent[] = []
      for (const choice of snapshot.choices) {
        const state = stateOf(choice.index)
        closeTexts(choice, state, out)
        closeCall(choice, state, out)
      }
      return out
    },
  }
}
