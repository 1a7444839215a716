/** How much of a server its callers may use at once, shared by all clients of the process with the same key. */

import { type Turns, turns } from './queue.ts'

export interface LimitOptions {
  /** requests under way */
  concurrency?: number | undefined
  requestsPerMinute?: number | undefined
  /** prompt and completion tokens, counted by an estimate before and corrected by usage after */
  tokensPerMinute?: number | undefined
}

export interface Limiter {
  /** Resolves with the function that ends the turn; tell it the tokens that were really used. */
  enter(estimate: number, signal: AbortSignal | undefined): Promise<(used?: number) => void>
  /** The server said 429: everybody waits. */
  pause(milliseconds: number): void
}

const limiters = new Map<string, Limiter>()

/** @param identity server and key; the first caller's numbers hold for those who come with the same limits */
export function limiterFor(identity: string, options: LimitOptions): Limiter {
  const key = `${identity}\n${options.concurrency}\n${options.requestsPerMinute}\n${options.tokensPerMinute}`
  const known = limiters.get(key) ?? createLimiter(options)
  limiters.set(key, known)
  return known
}

export function createLimiter({
  concurrency = Infinity,
  requestsPerMinute = Infinity,
  tokensPerMinute = Infinity,
}: LimitOptions): Limiter {
  const queue: Turns = turns(concurrency, requestsPerMinute)
  const bucket = tokenBucket(tokensPerMinute)
  return {
    async enter(estimate, signal) {
      const giveBack = await queue.take(signal)
      const wait = bucket.take(estimate)
      if (wait > 0) queue.pause(wait)
      if (wait > 0)
        await delay(wait, signal).catch((reason) => {
          giveBack()
          throw reason
        })
      return (used) => {
        if (used !== undefined) bucket.correct(used - estimate)
        giveBack()
      }
    },
    pause: (milliseconds) => queue.pause(milliseconds),
  }
}

/** Fills evenly; may be overdrawn, and then says how long until it is not. */
function tokenBucket(perMinute: number) {
  let [level, at] = [perMinute, performance.now()]
  const refill = () => {
    const now = performance.now()
    level = Math.min(perMinute, level + ((now - at) / 60_000) * perMinute)
    at = now
  }
  return {
    take(tokens: number): number {
      if (perMinute === Infinity) return 0
      refill()
      level -= tokens
      return level >= 0 ? 0 : Math.ceil((-level / perMinute) * 60_000)
    },
    correct(tokens: number): void {
      if (perMinute !== Infinity) level -= tokens
    },
  }
}

export function delay(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const abort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', abort, { once: true })
  })
}
