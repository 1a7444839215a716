/** The door of p-queue: how many tools run at once, and which must not. */

import PQueue from 'p-queue'

export interface ToolQueue {
  /**
   * Runs `work` when a place is free and nobody holds the lock. Work with one lock runs in the order it came.
   * @throws the signal's reason, where it fires before the work began
   */
  run<T>(lock: string | undefined, signal: AbortSignal, work: () => Promise<T>): Promise<T>
}

export function toolQueue({ concurrency = 8 }: { concurrency?: number | undefined } = {}): ToolQueue {
  const places = new PQueue({ concurrency })
  const locks = new Map<string, { readonly queue: PQueue; waiting: number }>()
  return {
    async run(lock, signal, work) {
      if (lock === undefined) return places.add(work, { signal }) as ReturnType<typeof work>
      const held = locks.get(lock) ?? { queue: new PQueue({ concurrency: 1 }), waiting: 0 }
      locks.set(lock, held)
      held.waiting += 1
      try {
        // A place is taken only once the lock is held, so that those who wait for a lock keep nobody out.
        return (await held.queue.add(() => places.add(work, { signal }), { signal })) as Awaited<
          ReturnType<typeof work>
        >
      } finally {
        held.waiting -= 1
        if (held.waiting === 0) locks.delete(lock)
      }
    },
  }
}
