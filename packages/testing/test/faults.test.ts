import { expect, test } from 'vitest'
import { cases, ids } from './scenarios/all.ts'
import { runCase } from './scenarios/run.ts'

test('every fault of the catalogue has a scenario', () => {
  expect([...new Set(cases.map(({ id }) => id))]).toEqual(ids)
})

test.concurrent.each(cases.map((one) => [one.id, one.what, one] as const))('%s %s', async (_id, _what, one) => {
  expect((await runCase(one)).problems).toEqual([])
})
