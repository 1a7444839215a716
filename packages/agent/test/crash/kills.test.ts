import { expect, test } from 'vitest'
import { everyKill, type Kill, moments, type Outcome, survive } from './kills.ts'

test('a run whose process is killed goes on: no finished step again, no call twice in silence, none lost', async () => {
  const kills = everyKill(await moments())
  // Every sixth of them here, and pairs of kills far from each other; `npm run crash` does them all.
  const plans: (readonly Kill[])[] = [
    ...kills.filter((_, index) => index % 6 === 0).map((kill) => [kill]),
    ...kills.filter((_, index) => index % 30 === 5).map((kill): readonly Kill[] => [kill, ['append', 3]]),
  ]
  const outcomes: Outcome[] = []
  const queue = [...plans]
  const worker = async () => {
    for (let plan = queue.shift(); plan; plan = queue.shift()) outcomes.push(await survive(plan))
  }
  await Promise.all([worker(), worker()])

  expect(kills.length).toBeGreaterThan(80)
  expect(outcomes.filter(({ killed }) => killed === 0)).toEqual([])
  expect(outcomes.filter(({ repeated }) => repeated.length > 0)).toEqual([])
  expect(outcomes.filter(({ silent, unreported }) => silent.length + unreported.length > 0)).toEqual([])
  expect(outcomes.filter(({ lost }) => lost)).toEqual([])
  expect(outcomes.flatMap(({ reported }) => reported).length).toBeGreaterThan(0)
})
