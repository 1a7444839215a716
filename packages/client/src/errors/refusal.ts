/** From an answer outside 200 to 299 to the error that says what it means. */

import { ApiError, type ApiErrorOptions } from './api-error.ts'
import { AuthenticationError } from './authentication-error.ts'
import { NotFoundError } from './not-found-error.ts'
import { OverloadedError } from './overloaded-error.ts'
import { QuotaError } from './quota-error.ts'
import { RateLimitError } from './rate-limit-error.ts'
import type { ServerFault } from './server-fault.ts'

/** What a status means; of the others no more is known than the number. */
const classes: Readonly<Record<number, typeof ApiError>> = {
  401: AuthenticationError,
  402: QuotaError,
  403: AuthenticationError,
  404: NotFoundError,
  429: RateLimitError,
  503: OverloadedError,
  529: OverloadedError,
}

/** The error whose class fits the status and what the server said. */
export function refusal(answer: ApiErrorOptions): ApiError {
  const { status, server } = answer
  const Fitting = status === 429 && isQuota(server) ? QuotaError : (classes[status] ?? ApiError)
  return new Fitting({ ...answer, advice: adviceFor(server) })
}

const quotaWords: readonly unknown[] = ['insufficient_quota', 'billing_hard_limit_reached', 'billing_not_active']

function isQuota({ code, type }: ServerFault): boolean {
  return quotaWords.includes(code) || quotaWords.includes(type)
}

/** Conflicts of parameters that servers answer with 400, and what to change. https://platform.openai.com/docs/guides/reasoning */
function adviceFor({ code, param, message = '' }: ServerFault): string | undefined {
  if (param === 'max_tokens' || /max_tokens.*max_completion_tokens/.test(message))
    return 'Send `max_completion_tokens` instead of `max_tokens`.'
  if (param === 'reasoning_effort' && /tool/.test(message))
    return "With tools, send `reasoning_effort: 'none'` to this model."
  if (param === 'metadata' && /store/.test(message)) return 'Send `store: true` with `metadata`.'
  if (param === 'parallel_tool_calls' || param === 'tool_choice')
    return `\`${param}\` goes only together with \`tools\`.`
  if (code === 'unsupported_value' || code === 'unsupported_parameter')
    return param ? `Leave \`${param}\` out for this model.` : undefined
  return undefined
}
