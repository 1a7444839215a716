import { AbortError, listen, unlisten } from '@pawl/client'

/**
 * The work's outcome, or an abort, whichever comes first: a model or a hook that does not watch its signal keeps no run alive.
 * What it comes to after that is dropped.
 * @throws AbortError when the signal fires
 */
export function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const listener = {
      handleEvent: () => reject(new AbortError('The run was aborted.', { cause: signal.reason })),
    }
    if (signal.aborted) listener.handleEvent()
    else listen(signal, listener)
    work.then(
      (outcome) => {
        unlisten(signal, listener)
        resolve(outcome)
      },
      (error: unknown) => {
        unlisten(signal, listener)
        reject(error)
      },
    )
  })
}
