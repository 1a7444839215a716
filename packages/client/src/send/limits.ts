/** How much of a server its callers may use at once, shared by all clients of the process with the same key. */

import type { PawlError } from '../errors/pawl-error.ts'
import { type Turns, turns } from './queue.ts'

/** What all clients of the process with one server and key may use together. */
export interface LimitOptions {
  /** requests under way, a stream until its end */
  concurrency?: number | undefined
  requestsPerMinute?: number | undefined
  /** prompt and completion tokens, counted by an estimate before and corrected by usage after */
  tokensPerMinute?: number | undefined
}

export interface Limiter {
  /**
   * Resolves with the function that ends the turn; tell it the tokens that were really used.
   * Callers take turns, so that one who asks for a thousand does not keep another waiting for its one.
   */
  enter(caller: object, tokens: number): Promise<(used?: number) => void>
  /** The server said 429: everybody waits. */
  pause(milliseconds: number): void
}

/** A request's place among those that share a server. */
export interface Turn {
  /** Lets the next one in. @param used tokens that were really used */
  leave(used?: number): void
  /** Tells what the request failed with: where that is a limit of the server, everybody waits. */
  failed(error: PawlError): void
}

/** What tells how many tokens a request may take. */
export interface Asked {
  readonly body?: string | undefined
  readonly answerTokens?: number | undefined
}

/** @param identity server and key; those who come with the same limits share them */
export async function takeTurn(options: LimitOptions, identity: string, caller: object, asked: Asked): Promise<Turn> {
  const limiter = limiterFor(identity, options)
  const leave = await limiter.enter(caller, estimate(asked))
  return {
    leave,
    failed(error) {
      if ('status' in error && error.status === 429 && error.retryable) limiter.pause(error.retryAfter ?? 1000)
    },
  }
}

/** About four characters a token, and what the answer may take. */
function estimate({ body = '', answerTokens = 0 }: Asked): number {
  return Math.ceil(body.length / 4) + answerTokens
}

const limiters = new Map<string, Limiter>()

function limiterFor(identity: string, options: LimitOptions): Limiter {
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
  const waiting = new WeakMap<object, number>()
  return {
    async enter(caller, tokens) {
      // The rank of a request is how many of the same caller stand before it.
      const rank = waiting.get(caller) ?? 0
      waiting.set(caller, rank + 1)
      const giveBack = await queue.take(rank)
      waiting.set(caller, (waiting.get(caller) ?? 1) - 1)
      const wait = bucket.take(tokens)
      if (wait > 0) {
        queue.pause(wait)
        await new Promise((resolve) => setTimeout(resolve, wait))
      }
      let left = false
      return (used) => {
        if (left) return
        left = true
        if (used !== undefined) bucket.correct(used - tokens)
        giveBack()
      }
    },
    pause: (milliseconds) => queue.pause(milliseconds),
  }
}

/** Fills evenly; may be overdrawn, and then says how long until it is not. */
function tokenBucket(perMinute: number) {
  let level = perMinute
  let at = performance.now()
  return {
    take(tokens: number): number {
      if (perMinute === Infinity) return 0
      const now = performance.now()
      level = Math.min(perMinute, level + ((now - at) / 60_000) * perMinute) - tokens
      at = now
      return level >= 0 ? 0 : Math.ceil((-level / perMinute) * 60_000)
    },
    correct(tokens: number): void {
      if (perMinute !== Infinity) level -= tokens
    },
  }
}
