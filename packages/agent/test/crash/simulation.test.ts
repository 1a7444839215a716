import { expect, test } from 'vitest'
import { type Simulated, simulate } from './simulation.ts'

const seeds = process.env['PAWL_DEEP'] ? 10_000 : 1_000

test('runs made up from seeds keep every promise, whatever stops them', async () => {
  const broken: Pick<Simulated, 'seed' | 'problems'>[] = []
  const sum = { attempts: 0, inDoubt: 0 }
  for (let seed = 1; seed <= seeds; seed += 1) {
    const { problems, attempts, inDoubt } = await simulate(seed)
    if (problems.length > 0) broken.push({ seed, problems })
    sum.attempts += attempts
    sum.inDoubt += inDoubt
  }

  expect(broken).toEqual([])
  expect(sum.attempts).toBeGreaterThan(seeds * 1.5)
  expect(sum.inDoubt).toBeGreaterThan(seeds / 20)
}, 600_000)

test('a seed gives the same run each time', async () => {
  const plain = async (seed: number) =>
    (await simulate(seed)).events.map((event) => ({ ...event, time: 0, ...('ms' in event && { ms: 0 }) }))

  for (let seed = 1; seed <= 20; seed += 1) expect(await plain(seed)).toEqual(await plain(seed))
})
