/** Chunks of a stream into the completion that they make up. */

import type { ChatCompletion, ChatCompletionChunk, FunctionToolCall } from '@pawl/client'

export function collector() {
  let first: ChatCompletionChunk | undefined
  let usage: ChatCompletion['usage']
  let content: string | null = null
  let refusal: string | null = null
  let finish = ''
  const calls: FunctionToolCall[] = []
  return {
    push(chunk: ChatCompletionChunk): void {
      first ??= chunk
      usage = chunk.usage ?? usage
      const choice = chunk.choices?.find(({ index }) => index === 0)
      if (choice === undefined) return
      finish = choice.finish_reason ?? finish
      const { delta } = choice
      if (delta?.content != null) content = (content ?? '') + delta.content
      if (delta?.refusal != null) refusal = (refusal ?? '') + delta.refusal
      for (const { id, function: part } of delta?.tool_calls ?? []) {
        if (id && !calls.some((call) => call.id === id)) {
          calls.push({ id, type: 'function', function: { name: part?.name ?? '', arguments: '' } })
        }
        const call = calls.find((one) => one.id === id) ?? calls.at(-1)
        if (call) call.function.arguments += part?.arguments ?? ''
      }
    },
    get completion(): ChatCompletion {
      const { id = '', created = 0, model = '' } = first ?? {}
      const message = { role: 'assistant' as const, content, refusal, ...(calls.length > 0 && { tool_calls: calls }) }
      const choices = [{ index: 0, message, logprobs: null, finish_reason: finish }]
      return { id, object: 'chat.completion', created, model, choices, ...(usage && { usage }) }
    },
  }
}
