/** A stream that is read without waiting where it can be: most of what a server sends arrives many at once. */

export interface Inflow<T> {
  /** What is here, one by one; after `more`, what came since. Throws, once, what ended it early. */
  readonly here: IterableIterator<T, undefined>
  /** Waits for more. False: that was the end. Rejects, once, with what ended it early. */
  more(): Promise<boolean>
  /** Nothing more is wanted. */
  leave(): void | Promise<void>
}

type Step<T> = IteratorResult<T, undefined>

/** @param take gives the next that is here; undefined where there is none */
export function inflow<T extends object>(
  take: () => T | undefined,
  { more, leave }: Omit<Inflow<T>, 'here'>,
): Inflow<T> {
  const here: Inflow<T>['here'] = {
    next() {
      const value = take()
      return value === undefined ? ended : { done: false, value }
    },
    [Symbol.iterator]: () => here,
  }
  return { here, more, leave }
}

/** One by one: what is here costs a promise and nothing else. */
export function iteratorOf<T>({ here, more, leave }: Inflow<T>): AsyncIterator<T, undefined> {
  let busy: Promise<Step<T>> | undefined

  const wait = async (): Promise<Step<T>> => {
    try {
      while (await more()) {
        const step = here.next()
        if (!step.done) return step
      }
      return ended
    } finally {
      busy = undefined
    }
  }

  const next = (): Promise<Step<T>> => {
    if (busy) return busy.then(next, next)
    try {
      const step = here.next()
      if (!step.done) return Promise.resolve(step)
    } catch (error) {
      return Promise.reject(error)
    }
    busy = wait()
    return busy
  }

  return {
    next,
    async return() {
      await leave()
      return ended
    },
  }
}

/** Any iterable as an inflow in which one arrives at a time. */
export function oneAtATime<T extends object>(iterable: AsyncIterable<T>): Inflow<T> {
  const iterator = iterable[Symbol.asyncIterator]()
  let arrived: T | undefined
  const take = () => {
    const value = arrived
    arrived = undefined
    return value
  }
  return inflow(take, {
    async more() {
      const { done, value } = await iterator.next()
      arrived = done ? undefined : value
      return !done
    },
    async leave() {
      await iterator.return?.()
    },
  })
}

const ended = { done: true, value: undefined } as const
