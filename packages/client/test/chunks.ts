/** Completions cut into chunks, and folded again, for tests. */

import { createAccumulator } from '../src/stream/accumulate.ts'
import type { ChatCompletionChunk, ChunkChoice, ToolCallDelta } from '../src/types/chunk.ts'
import type { ChatCompletion, Choice } from '../src/types/completion.ts'
import type { ToolCall } from '../src/types/tool-call.ts'

export function fold(chunks: readonly ChatCompletionChunk[]): ChatCompletion {
  const accumulator = createAccumulator()
  for (const chunk of chunks) accumulator.add(chunk)
  return accumulator.completion(true)
}

/**
 * The chunks of a completion, cut and mixed as the rolls (0 to 1) say: choices and calls interleave, ids and names come
 * once or again and again, usage comes early or late.
 */
export function piecesOf(whole: ChatCompletion, rolls: readonly number[]): ChatCompletionChunk[] {
  let at = 0
  const roll = () => rolls[at++ % rolls.length] ?? 0
  const lanes = whole.choices.map((choice) => choicePieces(choice, roll))
  const { choices: _, object: __, usage, ...head } = whole
  const chunk = (choices: ChunkChoice[], more: object = {}): ChatCompletionChunk => ({
    ...head,
    object: 'chat.completion.chunk',
    choices,
    ...more,
  })
  const told = interleave(lanes, roll).map((choice) => chunk([choice], usage && roll() < 0.5 ? { usage: null } : {}))
  if (!usage) return told
  const place = roll() < 0.5 ? told.length : Math.floor(roll() * told.length)
  return [...told.slice(0, place), chunk([], { usage }), ...told.slice(place)]
}

function choicePieces({ index, message, finish_reason }: Choice, roll: () => number): ChunkChoice[] {
  const piece = (delta: ChunkChoice['delta']) => ({ index, delta, finish_reason: null })
  const calls = message.tool_calls ?? []
  return [
    piece({ role: 'assistant', content: null }),
    ...cut(message.content ?? '', roll).map((content) => piece({ content })),
    ...interleave(
      calls.map((call, place) => callPieces(call, place, roll)),
      roll,
    ).map((call) => piece({ tool_calls: [call] })),
    { index, delta: {}, finish_reason },
  ]
}

function callPieces(call: ToolCall, index: number, roll: () => number): ToolCallDelta[] {
  const again = roll() < 0.3
  const { id, type } = call
  const head =
    call.type === 'custom'
      ? { custom: { name: call.custom.name, input: '' } }
      : { function: { name: call.function.name, arguments: '' } }
  const parts = cut(call.type === 'custom' ? call.custom.input : call.function.arguments, roll)
  return [
    { index, id, type, ...head },
    ...parts.map(
      (text): ToolCallDelta => ({
        index,
        ...(again ? { id, type } : roll() < 0.3 && { id: '' }),
        ...(call.type === 'custom'
          ? { custom: { input: text } }
          : { function: { ...(again && { name: call.function.name }), arguments: text } }),
      }),
    ),
  ]
}

function cut(text: string, roll: () => number): string[] {
  const parts: string[] = []
  for (let rest = text; rest !== ''; ) {
    const size = 1 + Math.floor(roll() * 6)
    parts.push(rest.slice(0, size))
    rest = rest.slice(size)
  }
  return parts
}

function interleave<T>(lanes: readonly (readonly T[])[], roll: () => number): T[] {
  const left = lanes.map((lane) => [...lane])
  const mixed: T[] = []
  for (;;) {
    const open = left.filter((lane) => lane.length > 0)
    const next = open[Math.floor(roll() * open.length)]?.shift()
    if (next === undefined) return mixed
    mixed.push(next)
  }
}
