/** When a failed attempt is tried again, and after how long. Pure: the clock and the dice are passed in. */

import type { PawlError } from '../errors/pawl-error.ts'

/** A server that asks for a longer wait than this is not waited for: the error says how long it asked. */
export const longestWait = 60_000

/**
 * The delay that the answer's headers ask for, in milliseconds: `retry-after-ms`, then `retry-after` in seconds or as a
 * date (rounded up). Undefined where there is none, or nonsense. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function askedDelay(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  return (
    positive(headers['retry-after-ms'], 1) ??
    positive(headers['retry-after'], 1000) ??
    untilDate(headers['retry-after'], now)
  )
}

/**
 * Milliseconds to wait before the next attempt, or undefined when there should be none.
 * @param retries attempts made beside the first
 * @param random 0 to 1: full jitter over a ceiling that doubles from 500 ms to 8 s
 */
export function retryDelay(error: PawlError, retries: number, maxRetries: number, random: number): number | undefined {
  if (retries >= maxRetries || !error.retryable || (retries > 0 && isUnknownName(error))) return undefined
  const { retryAfter } = error
  const backoff = random * Math.min(8000, 500 * 2 ** retries)
  if (retryAfter === undefined) return backoff
  // Many callers that were told the same moment should not come back together; a timer may fire a little early.
  return retryAfter > longestWait ? undefined : retryAfter + 1 + random * Math.min(250, retryAfter / 4)
}

/** A name that does not exist is looked up once more, since a resolver may just have come up; not again and again. */
function isUnknownName({ cause }: PawlError): boolean {
  return (cause as { code?: unknown } | undefined)?.code === 'ENOTFOUND'
}

export function shouldRetryHeader(headers: Readonly<Record<string, string>>): boolean | undefined {
  const said = headers['x-should-retry']
  return said === 'true' ? true : said === 'false' ? false : undefined
}

function positive(text: string | undefined, unit: number): number | undefined {
  if (text === undefined || !/^\s*\d+(\.\d+)?\s*$/.test(text)) return undefined
  const delay = Math.ceil(Number(text) * unit)
  return delay > 0 && Number.isFinite(delay) ? delay : undefined
}

function untilDate(text: string | undefined, now: number): number | undefined {
  const at = text ? Date.parse(text) : Number.NaN
  const delay = Math.ceil((at - now) / 1000) * 1000
  return delay > 0 ? delay : undefined
}
