/** Waits for work no longer than it may take. */

export const gaveUp = Symbol('gave up')

/**
 * The work's end, or `gaveUp` when the time is over or the caller aborts; `stop` fires then, with the reason.
 * @param work must not reject
 * @param limit milliseconds; longer than a timer can wait (24 days), Infinity too: none
 */
export function within<T>(
  work: Promise<T>,
  limit: number,
  signal: AbortSignal,
  stop: AbortController,
): Promise<T | typeof gaveUp> {
  return new Promise((resolve) => {
    const giveUp = () => {
      settle(gaveUp)
      stop.abort(signal.aborted ? signal.reason : new DOMException('The tool had no more time.', 'TimeoutError'))
    }
    const timer = limit < 2 ** 31 ? setTimeout(giveUp, limit) : undefined
    const settle = (end: T | typeof gaveUp) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
      resolve(end)
    }
    signal.addEventListener('abort', giveUp)
    work.then(settle)
    if (signal.aborted) giveUp()
  })
}
