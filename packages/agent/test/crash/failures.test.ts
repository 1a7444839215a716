import { expect, test } from 'vitest'
import { everyContest } from './contest.ts'
import { everyWriteFailure } from './failures.ts'

test('a write that fails, once or for good, stops the run before its next effect; it goes on when writing works again', async () => {
  const failures = await everyWriteFailure()

  expect(failures.length).toBeGreaterThan(80)
  expect(failures.filter(({ problem }) => problem)).toEqual([])
})

test('of processes that ask for one run at the same moment exactly one has it', async () => {
  const deep = Boolean(process.env['PAWL_DEEP'])
  const contests = await everyContest(deep ? { processes: 8, contests: 100 } : { processes: 2, contests: 20 })

  expect(contests.filter(({ problem }) => problem)).toEqual([])
})
