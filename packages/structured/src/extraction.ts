/** The handle of an extraction: awaited it gives the result, iterated what is shown on the way. Nothing runs before that. */

import { AbortError, AlreadyReadError, iteratorOf } from '@pawl/client'
import type { Extracted, Outcome } from './extracting.ts'
import type { Batch } from './read/streamed-answer.ts'
import type { View } from './read/view.ts'

/**
 * Awaited first, it asks for a plain completion; iterated first, it streams. Either way there is one result, and one
 * iterator: a second throws AlreadyReadError. Awaited while it is iterated, it reads on by itself; otherwise `break`
 * closes the connection, and a later `await` rejects with AbortError.
 * An async function that hands one on returns it in an object: `return { extraction }`.
 */
export interface Extraction<T, P> extends PromiseLike<Extracted<T>>, AsyncIterable<P, void, undefined> {
  catch<R>(onRejected: (error: unknown) => R | PromiseLike<R>): Promise<Extracted<T> | R>
  finally(onFinally: () => void): Promise<Extracted<T>>
  /** Whether nothing at this path of what is shown can change any more: it is complete, or can no longer appear. */
  closed(path: readonly (string | number)[]): boolean
}

/** Begins the work: with a view as a stream, which ends with `signal`. */
export type Start<T, P> = (view?: View<P>, signal?: AbortSignal) => AsyncGenerator<Batch<P>, Outcome<T>, undefined>

export function extraction<T, P>(view: View<P>, start: Start<T, P>): Extraction<T, P> {
  let left: AbortController | undefined
  const outcome = Promise.withResolvers<Outcome<T>>()
  // whoever reads or awaits is told of a failure; this promise is nobody's
  outcome.promise.catch(() => {})
  let work: AsyncGenerator<Batch<P>, Outcome<T>, undefined> | undefined
  let batch: Batch<P> = [].values()
  let streams = false
  let hasIterator = false
  let readsOn = false
  let isOver = false
  /** what was shown while nobody asked */
  const unread: P[] = []
  /** there while a reader waits */
  let progress: PromiseWithResolvers<void> | undefined

  const here = { next: () => batch.next(), [Symbol.iterator]: () => here }
  const shown = iteratorOf<P>({ here, more, leave })

  async function more(): Promise<boolean> {
    work ??= start()
    try {
      const { done, value } = await work.next()
      if (done) outcome.resolve(value)
      else batch = value
      return !done
    } catch (error) {
      outcome.reject(error)
      throw error
    }
  }

  /** From the first `await` on, nothing waits for the reader. */
  async function readOn(): Promise<void> {
    readsOn = true
    try {
      for (let step = await shown.next(); !step.done; step = await shown.next()) {
        if (view.isLive) unread.length = 0
        unread.push(step.value)
        progressed()
      }
    } catch {
      // told by `outcome`
    }
    isOver = true
    progressed()
  }

  function progressed(): void {
    progress?.resolve()
    progress = undefined
  }

  function result(): Promise<Extracted<T>> {
    if (!readsOn) void readOn()
    return outcome.promise.then(({ extracted }) => extracted)
  }

  function next(): Promise<IteratorResult<P, void>> {
    if (work === undefined) {
      left = new AbortController()
      work = start(view, left.signal)
      streams = true
    }
    return readsOn ? nextUnread() : shown.next()
  }

  async function nextUnread(): Promise<IteratorResult<P, void>> {
    while (unread.length === 0 && !isOver) {
      progress ??= Promise.withResolvers()
      await progress.promise
    }
    if (!streams) {
      // it was awaited first: there is the whole value to show
      streams = true
      view.begin()
      const settled = view.settle((await outcome.promise).reading)
      if (settled.ok) unread.push(...settled.rest)
    }
    if (unread.length > 0) return { done: false, value: unread.shift() as P }
    await outcome.promise
    return ended
  }

  /** What works on it hears of it as of any abort, and adds what there is. */
  async function leave(): Promise<void> {
    if (work === undefined || readsOn) return
    left?.abort()
    await work.throw(new AbortError('The extraction was left before its end.')).catch(outcome.reject)
  }

  return {
    // biome-ignore lint/suspicious/noThenProperty: a handle is awaitable
    then: (onFulfilled, onRejected) => result().then(onFulfilled, onRejected),
    catch: (onRejected) => result().catch(onRejected),
    finally: (onFinally) => result().finally(onFinally),
    closed: (path) => view.closed(path),
    [Symbol.asyncIterator]() {
      if (hasIterator)
        throw new AlreadyReadError('This is being read already. Call the function again for another reading.')
      hasIterator = true
      return { ...shown, next }
    },
  }
}

const ended = { done: true, value: undefined } as const
