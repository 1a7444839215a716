// A completion cut into the chunks of a stream, in the order in which the real service sends them.
import type { ChatCompletionChunk, ChunkChoice, Delta } from '@pawl/client'
import type { AnsweredMessage, OfflineCompletion } from './answered.ts'

/** Per choice: a role chunk, small fragments, a finish chunk; then the usage chunk with no choices, if it was asked for. */
export function* toChunks(completion: OfflineCompletion, includeUsage: boolean): Generator<ChatCompletionChunk> {
  const { id, created, model } = completion
  const head = { id, object: 'chat.completion.chunk', created, model } as const
  for (const { index, message, finish_reason } of completion.choices) {
    for (const delta of toDeltas(message)) yield chunk({ index, delta, finish_reason: null, logprobs: null })
    yield chunk({ index, delta: {}, finish_reason, logprobs: null })
  }
  if (includeUsage) yield { ...head, choices: [], usage: completion.usage }

  function chunk(choice: ChunkChoice): ChatCompletionChunk {
    return { ...head, choices: [choice], ...(includeUsage && { usage: null }) }
  }
}

function* toDeltas({ content, refusal, tool_calls = [] }: AnsweredMessage): Generator<Delta> {
  yield { role: 'assistant', content: content === null ? null : '', refusal: null }
  for (const piece of fragments(content ?? '')) yield { content: piece }
  for (const piece of fragments(refusal ?? '')) yield { refusal: piece }
  for (const [index, call] of tool_calls.entries()) {
    const { name, arguments: text } = call.function
    yield { tool_calls: [{ index, id: call.id, type: 'function', function: { name, arguments: '' } }] }
    for (const piece of fragments(text)) yield { tool_calls: [{ index, function: { arguments: piece } }] }
  }
}

/**
 * Pieces as a tokenizer would cut them: a word with the space before it, one mark, at most six characters.
 * A pair of surrogates is never cut. The pieces joined are the text.
 */
export function fragments(text: string): readonly string[] {
  return text.match(/\s?[\p{L}\p{N}]{1,6}|\s+|[^\p{L}\p{N}\s]/gu) ?? []
}
