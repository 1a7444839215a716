/** A completion as the message that goes back to the server: only what a request may hold, with calls that are valid. */

import type { AssistantMessage, ChatCompletion, ToolCall } from '@pawl/client'

/** @param keepReasoning for servers that want the model's thinking back with its calls */
export function assistantMessage({ choices, id }: ChatCompletion, keepReasoning: boolean): AssistantMessage {
  const message = choices[0]?.message
  if (!message) return { role: 'assistant', content: '' }
  const { content, refusal, tool_calls, audio, name, reasoning, reasoning_content, reasoning_details } = message
  const calls = tool_calls?.length ? validCalls(tool_calls, id) : undefined
  return {
    role: 'assistant',
    content: typeof content === 'string' ? content.toWellFormed() : calls ? null : '',
    ...(refusal && { refusal }),
    ...(name && { name }),
    ...(audio && { audio: { id: audio.id } }),
    ...(calls && { tool_calls: calls }),
    ...(keepReasoning && reasoning_content && { reasoning_content }),
    ...(keepReasoning && reasoning && { reasoning }),
    ...(keepReasoning && reasoning_details && { reasoning_details }),
  }
}

/** Ids that are there and differ; arguments that parse. A call's other fields (signatures of some servers) stay. */
export function validCalls(calls: readonly ToolCall[], completionId = 'call'): ToolCall[] {
  const seen = new Set<string>()
  return calls.map((call, index) => {
    let given = call.id || `call_${completionId.replaceAll(/\W/g, '').slice(-16)}_${index}`
    while (seen.has(given)) given += `_${index}`
    seen.add(given)
    const named = given === call.id ? call : { ...call, id: given }
    if (named.type === 'custom') {
      const { input } = named.custom
      return input.isWellFormed() ? named : { ...named, custom: { ...named.custom, input: input.toWellFormed() } }
    }
    const { arguments: text } = named.function
    const valid = validArguments(text)
    return valid === text ? named : { ...named, function: { ...named.function, arguments: valid } }
  })
}

/** The text itself where it is JSON; else JSON that holds it, so that the history stays valid and says what was wrong. */
function validArguments(text: string): string {
  if (text.trim() === '') return '{}'
  try {
    JSON.parse(text)
    return text.toWellFormed()
  } catch {
    return JSON.stringify({ invalid_arguments: text.toWellFormed() })
  }
}
