/** Work on the elements of a stream, several at once, handed on in their order. */

export interface InOrderOptions {
  /** how many are worked on at once */
  readonly concurrency: number
  /** how many may be finished and not yet taken, beside those */
  readonly buffer: number
  /** ends the reading; work under way is waited for */
  readonly signal: AbortSignal
}

/**
 * Reads no further than `concurrency + buffer` elements ahead of what was taken. A source that throws ends it after
 * what had been read. Left early, it closes the source; work under way is the caller's to end. A rejection ends it.
 */
export async function* inOrder<T, R>(
  source: Iterable<T> | AsyncIterable<T>,
  work: (element: T, index: number) => Promise<R>,
  { concurrency, buffer, signal }: InOrderOptions,
): AsyncGenerator<R, void, undefined> {
  const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()
  const results: Promise<R>[] = []
  let working = 0
  let read = 0
  let isReading = false
  let hasEnded = false
  let isOver = false
  let failure: { readonly error: unknown } | undefined
  let change = Promise.withResolvers<void>()

  function changed(): void {
    change.resolve()
    change = Promise.withResolvers()
  }

  function stop(): void {
    isOver = true
    changed()
  }

  function start(element: T): void {
    working++
    const result = work(element, read++).finally(() => {
      working--
      changed()
    })
    // those after one that rejected are never looked at
    result.catch(() => {})
    results.push(result)
    changed()
  }

  async function readAhead(): Promise<void> {
    try {
      while (!isOver) {
        if (working >= concurrency || results.length >= concurrency + buffer) {
          await change.promise
          continue
        }
        isReading = true
        const next = await iterator.next()
        isReading = false
        if (next.done) {
          hasEnded = true
          return
        }
        if (!isOver) start(next.value)
      }
    } catch (error) {
      hasEnded = true
      failure = { error }
    } finally {
      stop()
    }
  }

  signal.addEventListener('abort', stop)
  if (signal.aborted) stop()
  void readAhead()
  try {
    for (;;) {
      while (results.length === 0 && !isOver) await change.promise
      const [result] = results
      if (result === undefined) break
      const value = await result
      results.shift()
      changed()
      yield value
    }
    if (failure !== undefined) throw failure.error
  } finally {
    signal.removeEventListener('abort', stop)
    stop()
    if (!hasEnded) {
      const closed = Promise.resolve(iterator.return?.())
      // a source that is being read closes only after that
      if (isReading) closed.catch(() => {})
      else await closed
    }
  }
}
