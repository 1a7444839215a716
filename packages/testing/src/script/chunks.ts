/** A completion cut into the chunks in which a server would stream it. */

import type { ChatCompletion, ChatCompletionChunk, Choice, Delta, ToolCall, ToolCallDelta } from '@pawl/client'
import type { Cuts } from './turn.ts'

/**
 * For each choice: the role, reasoning, text, refusal, one call after the other, the finish reason; then the usage.
 * @param cuts about a word in each delta when left out
 */
export function* toChunks(completion: ChatCompletion, cuts?: Cuts): Generator<ChatCompletionChunk> {
  const { choices, usage, object: _, ...head } = completion
  const chunk = (rest: Pick<ChatCompletionChunk, 'choices' | 'usage'>): ChatCompletionChunk => ({
    ...head,
    object: 'chat.completion.chunk',
    ...rest,
  })
  for (const { index, finish_reason, ...choice } of choices) {
    for (const delta of deltasOf(choice.message, cuts)) {
      yield chunk({ choices: [{ index, delta, logprobs: null, finish_reason: null }] })
    }
    yield chunk({ choices: [{ index, delta: {}, logprobs: choice.logprobs ?? null, finish_reason }] })
  }
  if (usage) yield chunk({ choices: [], usage })
}

function* deltasOf(message: Choice['message'], cuts?: Cuts): Generator<Delta> {
  const { role, content, refusal, tool_calls, reasoning, reasoning_content, function_call, name: _, ...rest } = message
  const text = typeof content === 'string'
  yield { role, content: text ? '' : null, refusal: null, ...rest, ...(function_call && { function_call }) }
  for (const piece of cut(reasoning_content, cuts)) yield { reasoning_content: piece }
  for (const piece of cut(reasoning, cuts)) yield { reasoning: piece }
  for (const piece of cut(content, cuts)) yield { content: piece }
  for (const piece of cut(refusal, cuts)) yield { refusal: piece }
  for (const [index, call] of (tool_calls ?? []).entries()) {
    for (const delta of callDeltas(call, index, cuts)) yield { tool_calls: [delta] }
  }
}

function* callDeltas(call: ToolCall, index: number, cuts?: Cuts): Generator<ToolCallDelta> {
  const { id, type } = call
  if (type === 'custom') {
    yield { index, id, type, custom: { name: call.custom.name, input: '' } }
    for (const input of cut(call.custom.input, cuts)) yield { index, custom: { input } }
    return
  }
  yield { index, id, type, function: { name: call.function.name, arguments: '' } }
  for (const piece of cut(call.function.arguments, cuts)) yield { index, function: { arguments: piece } }
}

function cut(text: string | null | undefined, cuts: Cuts | undefined): readonly string[] {
  if (!text) return []
  if (cuts === undefined) return text.match(/\s*\S{1,8}|\s+/gu) ?? []
  if (typeof cuts === 'number') return text.match(new RegExp(`[\\s\\S]{1,${Math.max(1, cuts)}}`, 'gu')) ?? []
  const edges = [0, ...cuts, text.length]
  return edges
    .slice(1)
    .map((end, at) => text.slice(edges[at], end))
    .filter((piece) => piece !== '')
}
