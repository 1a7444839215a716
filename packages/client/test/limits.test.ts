import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLimiter } from '../src/send/limits.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const settle = () => vi.advanceTimersByTimeAsync(0)

test('no more requests are under way than allowed', async () => {
  const limiter = createLimiter({ concurrency: 2 })
  const entered: number[] = []
  const leaves: (() => void)[] = []
  for (const number of [1, 2, 3])
    void limiter.enter({}, 0).then((leave) => {
      entered.push(number)
      leaves.push(leave)
    })
  await settle()
  expect(entered).toEqual([1, 2])
  leaves[0]?.()
  await settle()
  expect(entered).toEqual([1, 2, 3])
})

test('a caller with many requests does not keep another waiting', async () => {
  const limiter = createLimiter({ concurrency: 1 })
  const [many, few] = [{}, {}]
  const order: string[] = []
  const ask = (caller: object, name: string) =>
    limiter.enter(caller, 0).then((leave) => {
      order.push(name)
      leave()
    })
  await Promise.all([...Array.from({ length: 5 }, (_, at) => ask(many, `many ${at}`)), ask(few, 'few'), settle()])
  expect(order.indexOf('few')).toBeLessThanOrEqual(2)
})

test('requests a minute are counted over any 60 seconds', async () => {
  const limiter = createLimiter({ requestsPerMinute: 2 })
  const times: number[] = []
  const start = Date.now()
  for (let count = 0; count < 4; count += 1)
    void limiter.enter({}, 0).then((leave) => {
      times.push(Date.now() - start)
      leave()
    })
  await vi.advanceTimersByTimeAsync(61_000)
  expect(times.slice(0, 2)).toEqual([0, 0])
  expect(times.slice(2).every((time) => time >= 60_000)).toBe(true)
  expect(times.length).toBe(4)
})

test('tokens beyond the limit wait until the minute has room', async () => {
  const limiter = createLimiter({ tokensPerMinute: 600 })
  const first = await limiter.enter({}, 600)
  first(600)
  let entered = false
  void limiter.enter({}, 100).then(() => {
    entered = true
  })
  await vi.advanceTimersByTimeAsync(9_000)
  expect(entered).toBe(false)
  await vi.advanceTimersByTimeAsync(1_100)
  expect(entered).toBe(true)
})

test('after a 429 everybody waits', async () => {
  const limiter = createLimiter({ concurrency: 5 })
  limiter.pause(1000)
  let entered = false
  void limiter.enter({}, 0).then(() => {
    entered = true
  })
  await vi.advanceTimersByTimeAsync(990)
  expect(entered).toBe(false)
  await vi.advanceTimersByTimeAsync(20)
  expect(entered).toBe(true)
})
