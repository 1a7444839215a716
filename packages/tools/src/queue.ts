/** The door of p-queue: how many tools run at once, and which must not. */

import PQueue from 'p-queue'

export interface ToolQueue {
  /**
   * Runs `work` when a place is free and nobody holds the lock. Work with one lock runs in the order it came. Work that
   * has begun is waited for: it has to watch the signal itself.
   * @throws the signal's reason, where it fires before the work began
   */
  run<T>(lock: string | undefined, signal: AbortSignal, work: () => Promise<T>): Promise<T>
}

export function toolQueue({ concurrency = 8 }: { concurrency?: number | undefined } = {}): ToolQueue {
  const places = new PQueue({ concurrency })
  const locks = new Map<string, { readonly queue: PQueue; waiting: number }>()
  return {
    async run(lock, signal, work) {
      signal.throwIfAborted()
      // The queues free a place when their signal fires; work that has begun still holds its own.
      const waiting = new AbortController()
      const leave = () => waiting.abort(signal.reason)
      const begin = () => {
        signal.removeEventListener('abort', leave)
        return work()
      }
      signal.addEventListener('abort', leave)
      try {
        const placed = () => places.add(begin, { signal: waiting.signal })
        // A place is taken only once the lock is held, so that those who wait for a lock keep nobody out.
        return await (lock === undefined ? placed() : locked(locks, lock, waiting.signal, placed))
      } finally {
        signal.removeEventListener('abort', leave)
      }
    },
  }
}

async function locked<T>(
  locks: Map<string, { readonly queue: PQueue; waiting: number }>,
  lock: string,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  const held = locks.get(lock) ?? { queue: new PQueue({ concurrency: 1 }), waiting: 0 }
  locks.set(lock, held)
  held.waiting += 1
  try {
    return (await held.queue.add(work, { signal })) as T
  } finally {
    held.waiting -= 1
    if (held.waiting === 0) locks.delete(lock)
  }
}
