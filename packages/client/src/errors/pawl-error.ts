/** The base of every error that a caller of Pawl handles. */

import { isObject } from '../is-object.ts'
import type { Usage } from '../types/usage.ts'

const marker = Symbol.for('pawl.error')

/** One failed try of a request: the error it ended with, and how long was waited after it. */
export interface Attempt {
  /** 1 for the first */
  readonly number: number
  readonly error: PawlError
  readonly waitMs: number
  readonly usage?: Usage | undefined
}

/** Facts that any of Pawl's errors may carry. */
export interface PawlErrorOptions {
  cause?: unknown
  attempts?: readonly Attempt[] | undefined
  requestId?: string | undefined
  /** milliseconds that the server asked to wait */
  retryAfter?: number | undefined
  /** what had arrived: a completion without its end; of an extraction, the value as far as it had come */
  partial?: unknown
  runId?: string | undefined
}

/** `code` is literal per class and stable; `retryable` says whether the same call may succeed later. */
export class PawlError extends Error {
  /** Written out, since who makes a bundle small gives classes other names. */
  static override readonly name: string = 'PawlError'

  static {
    Object.defineProperty(PawlError.prototype, marker, { value: true })
  }

  readonly code: string = 'pawl_error'
  readonly attempts: readonly Attempt[]
  readonly requestId?: string | undefined
  readonly retryAfter?: number | undefined
  readonly partial?: unknown
  readonly runId?: string | undefined
  /** of all that was answered before it, where that was several requests */
  readonly usage?: Usage | undefined

  constructor(message: string, options: PawlErrorOptions = {}) {
    super(message, options)
    const { attempts = [], requestId, retryAfter, partial, runId } = options
    this.name = new.target.name
    this.attempts = attempts
    withFacts(this, { requestId, retryAfter, partial, runId })
  }

  get retryable(): boolean {
    return false
  }

  /** Plain data for a log: no stack, no cause, no partial; the last attempt holds this very error, so it is not told twice. */
  toJSON(): Record<string, unknown> {
    const { name, code, message, retryable, requestId, retryAfter, runId } = this
    const attempts = this.attempts.map(({ number, waitMs, error }) => ({ number, waitMs, code: error.code }))
    return { name, code, message, retryable, requestId, retryAfter, runId, attempts }
  }
}

/** Adds facts that are only known later, as how many attempts there were, to an error on its way to the caller. */
export function withFacts<E extends PawlError>(
  error: E,
  facts: Omit<PawlErrorOptions, 'cause'> & { usage?: Usage },
): E {
  for (const [name, value] of Object.entries(facts)) if (value !== undefined) Object.assign(error, { [name]: value })
  return error
}

/** Whether this is one of Pawl's errors; also true for one of another installed copy of Pawl. */
export function isPawlError(error: unknown): error is PawlError {
  return isObject(error) && marker in error && 'code' in error && typeof error.code === 'string'
}
