import { agent, run } from '@pawl/agent'
import { survivesEveryCrash, turnsByStep } from '@pawl/agent/testing'
import { callsTool, says, scriptedModel } from '@pawl/testing'
import { tool } from '@pawl/tools'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { startRefund } from '../crash/refunds.ts'

test('a run of all kinds of calls ends the same way after a crash on either side of each append', async () => {
  const report = await survivesEveryCrash((store) => startRefund(store, () => {}))

  expect(report.crashes).toBe(2 * report.appends)
  expect(report.appends).toBeGreaterThan(15)
  expect(report.inDoubt).toBeGreaterThan(3)
})

test('a tool that gives another result when it runs again is found, with the place of the crash', async () => {
  let times = 0
  const start = (store: Parameters<Parameters<typeof survivesEveryCrash>[0]>[0]) => {
    times = 0
    const counter = tool({
      name: 'count',
      description: 'count',
      parameters: z.object({}),
      effect: 'pure',
      execute: () => ({ times: ++times }),
    })
    const model = scriptedModel(turnsByStep([callsTool('count'), says('Counted.')]))
    return run(agent({ model, tools: [counter] }), 'Count', { store })
  }

  await expect(survivesEveryCrash(start)).rejects.toThrow('A crash before append 1 changes how the run ends.')
})
