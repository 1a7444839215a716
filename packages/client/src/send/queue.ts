/** The door of p-queue: turns for those who share a server. */

import PQueue from 'p-queue'

export interface Turns {
  /** Resolves when it is this caller's turn, with the function that gives the turn back. Smaller ranks come first. */
  take(rank: number): Promise<() => void>
  /** Nobody gets a turn for so many milliseconds. */
  pause(milliseconds: number): void
}

/** @param perMinute turns that may begin in any 60 seconds */
export function turns(concurrency: number, perMinute: number): Turns {
  const rate = perMinute === Infinity ? {} : { intervalCap: perMinute, interval: 60_000, strict: true }
  const queue = new PQueue({ concurrency, ...rate })
  let resumeAt = 0
  return {
    take: (rank) =>
      new Promise((resolve, reject) => {
        const turn = () => new Promise<void>((giveBack) => resolve(giveBack))
        queue.add(turn, { priority: -rank }).catch(reject)
      }),
    pause(milliseconds) {
      const until = performance.now() + milliseconds
      if (until <= resumeAt) return
      resumeAt = until
      queue.pause()
      // Callers that wait for the end of the pause keep the process alive; the pause alone must not.
      const timer = setTimeout(() => performance.now() >= resumeAt - 1 && queue.start(), milliseconds)
      if (queue.size === 0) timer.unref?.()
    },
  }
}
