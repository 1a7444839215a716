// Token counts. Rules have no tokens, so these are an estimate that is simple enough to check by hand.
import type { Usage } from '@pawl/client'
import type { AnsweredMessage } from './answered.ts'
import type { OfflineRequest } from './request.ts'

const charactersPerToken = 4
const tokensPerMessage = 4

/** One token for every four characters, rounded up: the usual rule of thumb for English. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / charactersPerToken)
}

/** The front of `text` that `estimateTokens` counts as `tokens` at most. */
export function cutToTokens(text: string, tokens: number): string {
  return text.slice(0, tokens * charactersPerToken)
}

/** Messages with their calls, tools and the wanted schema count as prompt, each message with four tokens on top. */
export function countUsage(request: OfflineRequest, answer: AnsweredMessage): Usage {
  const history = request.messages.map((message) => {
    const calls = message.role === 'assistant' && message.calls.length > 0 ? JSON.stringify(message.calls) : ''
    return estimateTokens(message.text) + estimateTokens(calls) + tokensPerMessage
  })
  const tools = request.tools.map((tool) => estimateTokens(JSON.stringify(tool)))
  const schema = request.format.type === 'json_schema' ? estimateTokens(JSON.stringify(request.format.schema)) : 0
  const prompt = [...history, ...tools].reduce((sum, tokens) => sum + tokens, schema)
  const said = estimateTokens(answer.content ?? answer.refusal ?? '') + estimateTokens(callText(answer))
  const completion = said * request.choices
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion }
}

function callText({ tool_calls = [] }: AnsweredMessage): string {
  return tool_calls.map((call) => call.function.name + call.function.arguments).join('')
}
