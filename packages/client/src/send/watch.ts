/** One attempt's clock: limits of time and the caller's signal, told to whatever is under way. */

import { AbortError } from '../errors/abort-error.ts'
import { TimeoutError, type TimeoutPhase } from '../errors/timeout-error.ts'
import { listen, unlisten } from './abort-listeners.ts'

export interface Watch {
  /** Set once a limit passed or the caller aborted. */
  readonly stopped: AbortError | TimeoutError | undefined
  /** Replaces what is called when the attempt must stop; called at once if it must already. */
  onStop(stop: (error: AbortError | TimeoutError) => void): void
  /** From now on this is waited for, in place of what was before. Infinity: for ever. */
  wait(phase: TimeoutPhase, milliseconds: number): void
  /** Nothing is waited for: it is the reader's turn, and that may take as long as it likes. */
  rest(): void
  /** Takes timers and listeners away. */
  end(): void
}

/**
 * One timer for all phases: it is set when a phase would end before it, and looks at what is waited for when it fires,
 * so that a phase that begins with each read of a socket costs a glance at the clock.
 */
export class Clock implements Watch {
  stopped: AbortError | TimeoutError | undefined
  readonly #signal: AbortSignal | undefined
  readonly #deadline: number
  readonly #total: number
  #stop: ((error: AbortError | TimeoutError) => void) | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #firesAt = Infinity
  #phase: TimeoutPhase = 'headers'
  #limit = Infinity
  #phaseEnd = Infinity

  /** @param signal not fired yet @param deadline when the whole call must be over, on the clock of `performance.now()` */
  constructor(signal: AbortSignal | undefined, deadline: number, total: number) {
    this.#signal = signal
    this.#deadline = deadline
    this.#total = total
    if (signal) listen(signal, this)
    this.#arm(deadline, performance.now())
  }

  /** The signal fired. */
  handleEvent(): void {
    this.#halt(aborted(this.#signal))
  }

  onStop(stop: (error: AbortError | TimeoutError) => void): void {
    this.#stop = stop
    if (this.stopped) stop(this.stopped)
  }

  wait(phase: TimeoutPhase, milliseconds: number): void {
    if (this.stopped) return
    this.#phase = phase
    this.#limit = milliseconds
    const now = performance.now()
    this.#phaseEnd = now + milliseconds
    this.#arm(this.#phaseEnd, now)
  }

  rest(): void {
    this.#phaseEnd = Infinity
  }

  end(): void {
    clearTimeout(this.#timer)
    if (this.#signal) unlisten(this.#signal, this)
    // A finished request that is still held here would keep its socket's next one from being collected young.
    this.#stop = undefined
  }

  #halt(error: AbortError | TimeoutError): void {
    if (this.stopped) return
    this.stopped = error
    const told = this.#stop
    this.end()
    told?.(error)
  }

  #arm(at: number, now: number): void {
    if (at >= this.#firesAt) return
    clearTimeout(this.#timer)
    this.#firesAt = at
    this.#timer = setTimeout(() => this.#look(), Math.min(Math.ceil(at - now), longestTimer))
    // Browsers have plain numbers for timers.
    this.#timer.unref?.()
  }

  /** What was waited for when the timer was set may be over. */
  #look(): void {
    this.#firesAt = Infinity
    const now = performance.now()
    if (now >= this.#deadline) this.#halt(new TimeoutError('total', this.#total))
    else if (now >= this.#phaseEnd) this.#halt(new TimeoutError(this.#phase, this.#limit))
    else this.#arm(Math.min(this.#deadline, this.#phaseEnd), now)
  }
}

/** What a timer can hold; a longer one would fire at once. */
const longestTimer = 2 ** 31 - 1

export function aborted(signal: AbortSignal | undefined, partial?: unknown): AbortError {
  return new AbortError('The call was aborted.', { cause: signal?.reason, partial })
}
