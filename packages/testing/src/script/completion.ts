/** A scripted answer as the completion that a server would give. */

import type { ChatCompletion, CompletionMessage, ToolCall, Usage } from '@pawl/client'
import type { Answer, ScriptedCall } from './turn.ts'

/** What an answer is made for. */
export interface Circumstances {
  readonly model: string
  /** which request of the model this is, from 1 */
  readonly number: number
  /** how many messages were asked */
  readonly messages: number
  readonly nextCallId: () => string
}

/** `created` is always the same second, so that whole values can be compared. */
export function toCompletion(answer: Answer, { model, number, messages, nextCallId }: Circumstances): ChatCompletion {
  const calls = answer.calls ?? []
  const usage = answer.usage === undefined ? estimateUsage(answer, messages) : answer.usage
  const message: CompletionMessage = {
    role: 'assistant',
    content: answer.text ?? null,
    refusal: answer.refusal ?? null,
    ...(answer.reasoning !== undefined && { reasoning_content: answer.reasoning }),
    ...(calls.length > 0 && { tool_calls: calls.map((call) => toToolCall(call, call.id ?? nextCallId())) }),
  }
  const finish = answer.finish ?? (calls.length > 0 ? 'tool_calls' : 'stop')
  return {
    id: `chatcmpl-${number}`,
    object: 'chat.completion',
    created: 1_767_225_600,
    model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: finish }],
    ...(usage && { usage }),
  }
}

function toToolCall({ type, name, input }: ScriptedCall, id: string): ToolCall {
  return type === 'custom'
    ? { id, type, custom: { name, input } }
    : { id, type: 'function', function: { name, arguments: input } }
}

function estimateUsage({ text = '', refusal = '', reasoning = '', calls = [] }: Answer, messages: number): Usage {
  const called = calls.reduce((sum, { name, input }) => sum + name.length + input.length, 0)
  const prompt_tokens = 10 * messages
  const completion_tokens = Math.max(1, Math.ceil((text.length + refusal.length + reasoning.length + called) / 4))
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens }
}
