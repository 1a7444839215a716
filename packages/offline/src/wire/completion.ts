// What the rules decided, in the shape of the protocol.
import { offlineModelId } from '../model-id.ts'
import type { AnsweredMessage, OfflineCompletion } from './answered.ts'
import { fingerprint } from './fingerprint.ts'
import type { OfflineRequest } from './request.ts'
import { countUsage, cutToTokens } from './usage.ts'

/** One call that the rules decided on. */
export interface DecidedCall {
  readonly name: string
  readonly arguments: { readonly [name: string]: unknown }
}

/** What the rules answer: exactly one of text, a refusal, or calls. */
export type Decided =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'refusal'; readonly text: string }
  | { readonly type: 'calls'; readonly calls: readonly DecidedCall[] }

/** Ids come from a hash of the request, so that the same request always gets the same answer. @param created Unix seconds */
export function toCompletion(request: OfflineRequest, decided: Decided, created: number): OfflineCompletion {
  const key = fingerprint(JSON.stringify([request.messages, request.tools, request.toolChoice, request.format]))
  const message = toMessage(decided, key)
  const reason = finishReason(request, message)
  return {
    id: `chatcmpl-${key}`,
    object: 'chat.completion',
    created,
    model: offlineModelId,
    choices: Array.from({ length: request.choices }, (_, index) => ({
      index,
      message,
      finish_reason: reason,
      logprobs: null,
    })),
    usage: countUsage(request, message),
  }

  function finishReason({ toolChoice, maxTokens, stop }: OfflineRequest, answer: AnsweredMessage) {
    // A named function ends with `stop` on the real service too.
    if (answer.tool_calls) return toolChoice.type === 'named' ? 'stop' : 'tool_calls'
    if (answer.content === null) return 'stop'
    for (const end of stop) answer.content = answer.content.split(end, 1)[0] ?? ''
    if (maxTokens === undefined) return 'stop'
    const kept = cutToTokens(answer.content, maxTokens)
    const reason = kept === answer.content ? 'stop' : 'length'
    answer.content = kept
    return reason
  }
}

function toMessage(decided: Decided, key: string): AnsweredMessage {
  switch (decided.type) {
    case 'text':
      return { role: 'assistant', content: decided.text, refusal: null }
    case 'refusal':
      return { role: 'assistant', content: null, refusal: decided.text }
    case 'calls':
      return {
        role: 'assistant',
        content: null,
        refusal: null,
        tool_calls: decided.calls.map((call, index) => ({
          id: `call_${key}_${index}`,
          type: 'function',
          function: { name: call.name, arguments: JSON.stringify(call.arguments) },
        })),
      }
  }
}
