/** Who is told of an abort. Each step of a run listens and leaves again several times; an event target makes that dear. */

import { OnObject } from '../on-object.ts'

/** Told once, when the signal fires. */
export interface AbortListener {
  handleEvent(): void
}

/** The listeners of a signal that was made here, hung on it: one set that the signal itself knows by one listener. */
class Listeners extends OnObject {
  readonly #all = new Set<AbortListener>()

  static of(signal: AbortSignal): Set<AbortListener> | undefined {
    return #all in signal ? (signal as unknown as Listeners).#all : undefined
  }
}

/** A controller whose signal is cheap to listen to with `listen`; for everybody else it is like any other. */
export function abortController(): AbortController {
  const controller = new AbortController()
  const { signal } = controller
  new Listeners(signal)
  signal.addEventListener('abort', () => {
    const listeners = Listeners.of(signal)
    for (const listener of listeners ?? []) listener.handleEvent()
    listeners?.clear()
  })
  return controller
}

/** Tells `listener` when the signal fires. @param signal not fired yet */
export function listen(signal: AbortSignal, listener: AbortListener): void {
  const own = Listeners.of(signal)
  if (own) own.add(listener)
  else signal.addEventListener('abort', listener)
}

/** Does nothing where it was told already. */
export function unlisten(signal: AbortSignal, listener: AbortListener): void {
  const own = Listeners.of(signal)
  if (own) own.delete(listener)
  else signal.removeEventListener('abort', listener)
}
