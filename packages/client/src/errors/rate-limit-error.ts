import { ApiError } from './api-error.ts'

/** 429: too many requests or tokens; `retryAfter` is how long the server asked to wait. */
export class RateLimitError extends ApiError {
  static override readonly name: string = 'RateLimitError'
  override readonly code = 'rate_limited'
}
