/** The door of p-queue: turns for those who share a server. */

import PQueue from 'p-queue'

export interface Turns {
  /** Resolves when it is this caller's turn, with the function that gives the turn back. Rejects with the signal's reason. */
  take(signal?: AbortSignal): Promise<() => void>
  /** Nobody gets a turn for so many milliseconds. */
  pause(milliseconds: number): void
}

/** @param perMinute turns that may begin in a minute */
export function turns(concurrency: number, perMinute: number): Turns {
  const queue = new PQueue({ concurrency, ...(perMinute !== Infinity && { intervalCap: perMinute, interval: 60_000 }) })
  let resumeAt = 0
  return {
    take: (signal) =>
      new Promise((resolve, reject) => {
        const turn = () => new Promise<void>((giveBack) => resolve(giveBack))
        queue.add(turn, signal ? { signal } : {}).catch(reject)
      }),
    pause(milliseconds) {
      const until = performance.now() + milliseconds
      if (until <= resumeAt) return
      resumeAt = until
      queue.pause()
      const timer = setTimeout(() => performance.now() >= resumeAt - 1 && queue.start(), milliseconds)
      timer.unref?.()
    },
  }
}
