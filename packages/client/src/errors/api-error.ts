import { PawlError, type PawlErrorOptions } from './pawl-error.ts'
import type { ServerFault } from './server-fault.ts'

/** What an answer outside 200 to 299 carried. */
export interface ApiErrorOptions extends PawlErrorOptions {
  status: number
  server: ServerFault
  /** the first 512 characters */
  body: string
  /** what to change, where the fault is a known one */
  advice?: string | undefined
  /** what the server's `x-should-retry` says */
  shouldRetry?: boolean | undefined
}

type ApiErrorCode =
  | 'api_error'
  | 'authentication_failed'
  | 'not_found'
  | 'rate_limited'
  | 'quota_exceeded'
  | 'overloaded'

/** The server answered with a status outside 200 to 299; `server` is what it said. */
export class ApiError extends PawlError {
  static override readonly name: string = 'ApiError'
  override readonly code: ApiErrorCode = 'api_error'
  readonly status: number
  readonly server: ServerFault
  /** The first 512 characters of the answer. Not in the message, and not enumerable: it may repeat what was sent. */
  declare readonly body: string
  readonly #shouldRetry: boolean | undefined

  constructor(options: ApiErrorOptions) {
    const { status, server, advice } = options
    const said = server.message ? `: ${server.message.slice(0, 200)}` : '.'
    super(`The server answered ${status}${said}${advice ? ` ${advice}` : ''}`, options)
    this.status = status
    this.server = server
    this.#shouldRetry = options.shouldRetry
    Object.defineProperty(this, 'body', { value: options.body })
  }

  override get retryable(): boolean {
    return (
      this.#shouldRetry ?? (this.status === 408 || this.status === 409 || this.status === 429 || this.status >= 500)
    )
  }
}
