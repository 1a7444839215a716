/** How many tools run at once, and which must not. */

export interface ToolQueue {
  /**
   * Runs `work` when a place is free and nobody holds the lock: at once, and without a promise, where it need not wait.
   * Work with one lock runs in the order it came. Work that has begun is waited for: it has to watch the signal itself.
   * @throws the signal's reason, where it fires before the work began
   */
  run<T>(lock: string | undefined, signal: AbortSignal, work: () => T | Promise<T>): T | Promise<T>
}

export function toolQueue({ concurrency = 8 }: { concurrency?: number | undefined } = {}): ToolQueue {
  if (!(concurrency >= 1)) throw new TypeError(`A queue of tools needs a concurrency of 1 or more, not ${concurrency}.`)
  const places = gate(concurrency)
  const locks = new Map<string, Gate>()
  return {
    run(lock, signal, work) {
      signal.throwIfAborted()
      if (lock === undefined) return places.pass(signal, work)
      const held = locks.get(lock) ?? gate(1)
      locks.set(lock, held)
      // A place is taken only once the lock is held, so that those who wait for a lock keep nobody out.
      return thenAlways(
        () => held.pass(signal, () => places.pass(signal, work)),
        () => {
          if (held.empty()) locks.delete(lock)
        },
      )
    },
  }
}

interface Gate {
  pass<T>(signal: AbortSignal, work: () => T | Promise<T>): T | Promise<T>
  empty(): boolean
}

/** Lets so many in at once; who leaves hands the place to the one who has waited longest. */
function gate(most: number): Gate {
  let inside = 0
  const waiting = new Set<() => void>()
  const leave = () => {
    const [next] = waiting
    if (next) next()
    else inside -= 1
  }
  return {
    pass(signal, work) {
      if (inside >= most) return turn(waiting, signal).then(() => thenAlways(() => unlessAborted(signal, work), leave))
      inside += 1
      return thenAlways(work, leave)
    },
    empty: () => inside === 0,
  }
}

/** Does `last` when the work has ended, however it did: at once where it did at once. */
function thenAlways<T>(work: () => T | Promise<T>, last: () => void): T | Promise<T> {
  let ended: T | Promise<T>
  try {
    ended = work()
  } catch (error) {
    last()
    throw error
  }
  if (ended instanceof Promise) return awaited(ended, last)
  last()
  return ended
}

async function awaited<T>(ended: Promise<T>, last: () => void): Promise<T> {
  try {
    return await ended
  } finally {
    last()
  }
}

function unlessAborted<T>(signal: AbortSignal, work: () => T): T {
  signal.throwIfAborted()
  return work()
}

/** Waits to be called. @throws the signal's reason */
function turn(waiting: Set<() => void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const forget = () => {
      waiting.delete(begin)
      signal.removeEventListener('abort', giveUp)
    }
    const begin = () => {
      forget()
      resolve()
    }
    const giveUp = () => {
      forget()
      reject(signal.reason)
    }
    waiting.add(begin)
    signal.addEventListener('abort', giveUp)
  })
}
