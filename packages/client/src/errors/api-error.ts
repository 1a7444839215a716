import { PawlError, type PawlErrorOptions } from './pawl-error.ts'
import type { ServerFault } from './server-fault.ts'

/** What an answer outside 200 to 299 carried. */
export interface ApiErrorOptions extends PawlErrorOptions {
  status: number
  server: ServerFault
  /** the first 512 characters */
  body: string
  /** what the server's `x-should-retry` says */
  shouldRetry?: boolean | undefined
}

/** The server answered with a status outside 200 to 299. `body` is kept out of the message: it may hold anything. */
export class ApiError extends PawlError {
  override readonly code: string = 'api_error'
  readonly status: number
  readonly server: ServerFault
  readonly body: string
  readonly #shouldRetry: boolean | undefined

  constructor(options: ApiErrorOptions) {
    super(messageOf(options), options)
    this.status = options.status
    this.server = options.server
    this.body = options.body
    this.#shouldRetry = options.shouldRetry
  }

  override get retryable(): boolean {
    return (
      this.#shouldRetry ?? (this.status === 408 || this.status === 409 || this.status === 429 || this.status >= 500)
    )
  }
}

/** 401 or 403: the key is missing, wrong, or not allowed to do this. */
export class AuthenticationError extends ApiError {
  override readonly code = 'authentication_error'
}

/** 404: no such model, completion or path. */
export class NotFoundError extends ApiError {
  override readonly code = 'not_found'
}

/** 429: too many requests or tokens; `retryAfter` says how long the server wants to be left alone. */
export class RateLimitError extends ApiError {
  override readonly code = 'rate_limit'
}

/** 429 for an account that is used up: waiting does not help. */
export class QuotaError extends ApiError {
  override readonly code = 'quota'
  override get retryable(): boolean {
    return false
  }
}

/** 503 or 529: the server has too much to do. */
export class OverloadedError extends ApiError {
  override readonly code = 'overloaded'
}

/** The class that fits the answer. */
export function apiError(options: ApiErrorOptions): ApiError {
  const { status, server } = options
  if (status === 401 || status === 403) return new AuthenticationError(options)
  if (status === 404) return new NotFoundError(options)
  if (status === 503 || status === 529) return new OverloadedError(options)
  if (status !== 429) return new ApiError(options)
  return isQuota(server) ? new QuotaError(options) : new RateLimitError(options)
}

function isQuota({ code, type }: ServerFault): boolean {
  return [code, type].some((word) => word === 'insufficient_quota' || word === 'billing_hard_limit_reached')
}

function messageOf({ status, server }: ApiErrorOptions): string {
  const advice = adviceFor(server)
  return `The server answered ${status}${server.message ? `: ${server.message.slice(0, 512)}` : '.'}${advice ? ` ${advice}` : ''}`
}

/** Conflicts of parameters that newer models answer with 400: what to change. */
function adviceFor({ code, param, message = '' }: ServerFault): string | undefined {
  if (param === 'max_tokens' && code?.startsWith('unsupported'))
    return 'Send `max_completion_tokens` instead of `max_tokens`.'
  if (param === 'reasoning_effort' && /tools/.test(message))
    return 'With tools, send `reasoning_effort: "none"` to this model.'
  if (code === 'unsupported_value' || code === 'unsupported_parameter')
    return param ? `Leave \`${param}\` out for this model.` : undefined
  return undefined
}
