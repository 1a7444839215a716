import { survivesEveryCrash } from '@pawl/agent/testing'
import { expect, test } from 'vitest'
import { startRefund } from '../crash/refunds.ts'

test('a run of all kinds of calls ends the same way after a crash on either side of each append', async () => {
  const report = await survivesEveryCrash((store) => startRefund(store, () => {}))

  expect(report.crashes).toBe(2 * report.appends)
  expect(report.appends).toBeGreaterThan(15)
  expect(report.inDoubt).toBeGreaterThan(3)
})
