/** Waits for work no longer than it may take. */

export const gaveUp = Symbol('gave up')

/** How work ended. */
export type Ended<T> = { readonly value: T } | { readonly error: unknown }

/**
 * The work's end, or `gaveUp` when the time is over or the caller aborts; `stop` fires then, with the reason. Never rejects.
 * @param limit milliseconds; longer than a timer can wait (24 days), Infinity too: none
 */
export function within<T>(
  work: PromiseLike<T>,
  limit: number,
  signal: AbortSignal,
  stop: AbortController,
): Promise<Ended<T> | typeof gaveUp> {
  return new Promise((resolve) => {
    let over = false
    let unwatch = () => {}
    const settle = (end: Ended<T> | typeof gaveUp) => {
      if (over) return
      over = true
      unwatch()
      resolve(end)
    }
    const giveUp = () => {
      settle(gaveUp)
      stop.abort(signal.aborted ? signal.reason : new DOMException('The tool had no more time.', 'TimeoutError'))
    }
    const watch = () => {
      if (over) return
      const timer = limit < 2 ** 31 ? setTimeout(giveUp, limit) : undefined
      signal.addEventListener('abort', giveUp)
      unwatch = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', giveUp)
      }
      if (signal.aborted) giveUp()
    }
    void endOf(work, settle)
    if (signal.aborted) giveUp()
    // Work that is over by then, as that of most async functions without a wait, needs no timer.
    else queueMicrotask(watch)
  })
}

/** Tells how work ended, one turn before a promise of that could. */
export async function endOf<T>(work: PromiseLike<T>, tell: (end: Ended<T>) => void): Promise<void> {
  let end: Ended<T>
  try {
    end = { value: await work }
  } catch (error) {
    end = { error }
  }
  tell(end)
}
