/** One attempt's clock: limits of time and the caller's signal, told to whatever is under way. */

import { AbortError } from './errors/abort-error.ts'
import { TimeoutError, type TimeoutPhase } from './errors/timeout-error.ts'

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
 * @param deadline when the whole call must be over, on the clock of `performance.now()`
 */
export function watch(signal: AbortSignal | undefined, deadline: number, total: number): Watch {
  let stopped: AbortError | TimeoutError | undefined
  let stop: ((error: AbortError | TimeoutError) => void) | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let firesAt = Infinity
  let phase: TimeoutPhase = 'headers'
  let limit = Infinity
  let phaseEnd = Infinity

  const halt = (error: AbortError | TimeoutError) => {
    if (stopped) return
    stopped = error
    const told = stop
    end()
    told?.(error)
  }
  const abort = () => halt(aborted(signal))
  const end = () => {
    clearTimeout(timer)
    phaseEnd = Infinity
    firesAt = Infinity
    signal?.removeEventListener('abort', abort)
    // A finished request that is still held here would keep its socket's next one from being collected young.
    stop = undefined
  }
  const arm = (at: number, now: number) => {
    if (at >= firesAt) return
    clearTimeout(timer)
    firesAt = at
    timer = setTimeout(fire, Math.min(Math.ceil(at - now), longestTimer))
    unref(timer)
  }
  const fire = () => {
    firesAt = Infinity
    const now = performance.now()
    if (now >= deadline) return halt(new TimeoutError('total', total))
    if (now >= phaseEnd) return halt(new TimeoutError(phase, limit))
    arm(Math.min(deadline, phaseEnd), now)
  }

  if (signal?.aborted) stopped = aborted(signal)
  else {
    signal?.addEventListener('abort', abort)
    if (deadline !== Infinity) arm(deadline, performance.now())
  }

  return {
    get stopped() {
      return stopped
    },
    onStop(next) {
      stop = next
      if (stopped) next(stopped)
    },
    wait(next, milliseconds) {
      if (stopped) return
      phase = next
      limit = milliseconds
      if (milliseconds === Infinity) {
        phaseEnd = Infinity
        return
      }
      const now = performance.now()
      phaseEnd = now + milliseconds
      arm(phaseEnd, now)
    },
    rest() {
      phaseEnd = Infinity
    },
    end,
  }
}

/** What a timer can hold; a longer one would fire at once. */
const longestTimer = 2 ** 31 - 1

export function aborted(signal: AbortSignal | undefined, partial?: unknown): AbortError {
  return new AbortError('The call was aborted.', { cause: signal?.reason, partial })
}

/** Browsers have plain numbers for timers. */
function unref(timer: unknown): void {
  if (typeof timer === 'object' && timer !== null && 'unref' in timer && typeof timer.unref === 'function')
    timer.unref()
}
