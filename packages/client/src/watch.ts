/** One attempt's clock: limits of time and the caller's signal, told to whatever is under way. */

import { AbortError } from './errors/abort-error.ts'
import { TimeoutError, type TimeoutPhase } from './errors/timeout-error.ts'

export interface Watch {
  /** Set once a limit passed or the caller aborted. */
  readonly stopped: AbortError | TimeoutError | undefined
  /** Replaces what is called when the attempt must stop; called at once if it must already. */
  onStop(stop: (error: AbortError | TimeoutError) => void): void
  /** From now on this limit holds, in place of the one before. Infinity: none. */
  phase(name: TimeoutPhase, milliseconds: number): void
  /** Starts the present limit again. */
  alive(): void
  /** Takes timers and listeners away. */
  end(): void
}

/** @param deadline when the whole call must be over, on the clock of `performance.now()` */
export function watch(signal: AbortSignal | undefined, deadline: number, total: number): Watch {
  let stopped: AbortError | TimeoutError | undefined
  let stop: ((error: AbortError | TimeoutError) => void) | undefined
  let timer: NodeJS.Timeout | undefined
  let present: { name: TimeoutPhase; milliseconds: number } | undefined

  const halt = (error: AbortError | TimeoutError) => {
    if (stopped) return
    stopped = error
    end()
    stop?.(error)
  }
  const abort = () => halt(aborted(signal))
  const end = () => {
    clearTimeout(timer)
    clearTimeout(whole)
    signal?.removeEventListener('abort', abort)
  }
  const whole =
    deadline === Infinity
      ? undefined
      : setTimeout(() => halt(new TimeoutError('total', total)), Math.max(0, deadline - performance.now()))
  unref(whole)
  if (signal?.aborted) stopped = aborted(signal)
  else signal?.addEventListener('abort', abort)

  return {
    get stopped() {
      return stopped
    },
    onStop(next) {
      stop = next
      if (stopped) next(stopped)
    },
    phase(name, milliseconds) {
      clearTimeout(timer)
      if (stopped) return
      present = { name, milliseconds }
      timer =
        milliseconds === Infinity
          ? undefined
          : setTimeout(() => halt(new TimeoutError(name, milliseconds)), milliseconds)
      unref(timer)
    },
    alive() {
      if (timer?.refresh) timer.refresh()
      else if (present) this.phase(present.name, present.milliseconds)
    },
    end,
  }
}

export function aborted(signal: AbortSignal | undefined, partial?: unknown): AbortError {
  return new AbortError('The call was aborted.', { cause: signal?.reason, partial })
}

/** Browsers have plain numbers for timers. */
function unref(timer: NodeJS.Timeout | undefined): void {
  timer?.unref?.()
}
