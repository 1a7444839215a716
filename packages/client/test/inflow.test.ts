import { iteratorOf } from '@pawl/client'
import { describe, expect, test } from 'vitest'
import { inflow, oneAtATime } from '../src/stream/inflow.ts'

/** What arrives together is a list of its own; an error ends it. */
function arriving<T extends object>(...arrivals: (readonly T[] | Error)[]) {
  const here: T[] = []
  const left: string[] = []
  const source = inflow(() => here.shift(), {
    async more() {
      const next = arrivals.shift()
      if (next instanceof Error) throw next
      here.push(...(next ?? []))
      return next !== undefined
    },
    leave: () => void left.push('left'),
  })
  return { ...source, left }
}

const [a, b, c] = [{ name: 'a' }, { name: 'b' }, { name: 'c' }]

describe('the iterator of an inflow', () => {
  test('gives what arrived together and what comes later, one by one', async () => {
    const iterator = iteratorOf(arriving([a, b], [], [c]))
    expect(await Array.fromAsync({ [Symbol.asyncIterator]: () => iterator })).toEqual([a, b, c])
  })

  test('answers calls that come while one waits in their order', async () => {
    const iterator = iteratorOf(arriving([a], [b, c]))
    const steps = await Promise.all([iterator.next(), iterator.next(), iterator.next(), iterator.next()])
    expect(steps.map(({ value }) => value)).toEqual([a, b, c, undefined])
  })

  test('tells an error once, after what had come before it', async () => {
    const iterator = iteratorOf(arriving([a], new Error('broken')))
    expect(await iterator.next()).toEqual({ done: false, value: a })
    await expect(iterator.next()).rejects.toThrow('broken')
    expect(await iterator.next()).toEqual({ done: true, value: undefined })
  })

  test('leaves when it is left', async () => {
    const source = arriving([a, b])
    for await (const _ of { [Symbol.asyncIterator]: () => iteratorOf(source) }) break
    expect(source.left).toEqual(['left'])
  })
})

test('any iterable comes one at a time, and is closed when nothing more is wanted', async () => {
  let closed = false
  async function* letters() {
    try {
      yield a
      yield b
    } finally {
      closed = true
    }
  }
  const { here, more, leave } = oneAtATime(letters())
  expect([...here]).toEqual([])
  expect(await more()).toBe(true)
  expect([...here]).toEqual([a])
  await leave()
  expect(closed).toBe(true)
  expect(await more()).toBe(false)
})
