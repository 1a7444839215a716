/** What a chunk adds to the text that becomes the value. */

import type { ChatCompletionChunk, Delta } from '@pawl/client'

/** @returns a reader for one answer. @param fromCall whether the text is the arguments of the first call, not the content */
export function pieceReader(fromCall: boolean): (chunk: ChatCompletionChunk) => string {
  if (!fromCall) return (chunk) => deltaOf(chunk)?.content ?? ''
  let first: string | undefined
  let isFirst = true
  return (chunk) => {
    let piece = ''
    for (const call of deltaOf(chunk)?.tool_calls ?? []) {
      first ??= call.id ?? undefined
      // what follows belongs to the latest id
      if (call.id) isFirst = call.id === first
      if (isFirst) piece += asText(call.function?.arguments)
    }
    return piece
  }
}

/** Servers send chunks without choices, and choices without a delta. */
function deltaOf(chunk: ChatCompletionChunk): Delta | undefined {
  const [choice] = chunk.choices ?? []
  return choice === undefined || choice.index === 0
    ? choice?.delta
    : chunk.choices.find(({ index }) => index === 0)?.delta
}

/** llama.cpp sends an object for some models. https://github.com/ggml-org/llama.cpp/issues/20198 */
function asText(argument: unknown): string {
  if (argument === undefined || argument === null) return ''
  return typeof argument === 'string' ? argument : JSON.stringify(argument)
}
