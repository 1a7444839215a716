/** The promise of a call that can also say how its answer came. */

import type { Attempt } from './errors/pawl-error.ts'
import type { TransportResponse } from './transport/transport.ts'

/** Requests and tokens that are left, as the server's `x-ratelimit-*` headers say; `reset` in milliseconds. */
export interface RateLimits {
  readonly requests?: RateLimit | undefined
  readonly tokens?: RateLimit | undefined
}

/** One of the server's limits; `reset` in milliseconds. */
export interface RateLimit {
  readonly limit?: number | undefined
  readonly remaining?: number | undefined
  readonly reset?: number | undefined
}

/** How an answer came. */
export interface ResponseInfo {
  readonly status: number
  readonly headers: Headers
  readonly requestId?: string | undefined
  /** the failed attempts before this answer */
  readonly attempts: readonly Attempt[]
  readonly rateLimits: RateLimits
}

export interface ResponsePromise<T> extends Promise<T> {
  withResponse(): Promise<{ data: T; response: ResponseInfo }>
}

export interface Answered<T> {
  readonly data: T
  readonly response: Pick<TransportResponse, 'status' | 'headers'>
  readonly attempts: readonly Attempt[]
}

export function responsePromise<T>(answered: Promise<Answered<T>>): ResponsePromise<T> {
  const data = answered.then((each) => each.data)
  const withResponse = () => {
    // Whoever asks for both handles the error there.
    data.catch(() => {})
    return answered.then((each) => ({ data: each.data, response: infoOf(each) }))
  }
  return Object.assign(data, { withResponse })
}

function infoOf({ response: { status, headers }, attempts }: Answered<unknown>): ResponseInfo {
  const requestId = headers['x-request-id']
  return {
    status,
    headers: new Headers(headers),
    attempts,
    rateLimits: { requests: rateLimit(headers, 'requests'), tokens: rateLimit(headers, 'tokens') },
    ...(requestId !== undefined && { requestId }),
  }
}

function rateLimit(headers: Readonly<Record<string, string>>, kind: string): RateLimit | undefined {
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map(
    (name) => headers[`x-ratelimit-${name}-${kind}`],
  )
  if (limit === undefined && remaining === undefined && reset === undefined) return undefined
  return { limit: number(limit), remaining: number(remaining), reset: duration(reset) }
}

function number(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined
}

const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** Durations such as `6m0s`, `120ms`, `1h2m`. */
function duration(text: string | undefined): number | undefined {
  const parts = [...(text ?? '').matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)]
  return parts.length === 0
    ? undefined
    : parts.reduce((sum, [, count, unit = 's']) => sum + Number(count) * (units[unit] ?? 0), 0)
}
