/** A call that a person must allow: the run waits as data, and goes on in any process that has the store. */

import { callsTool, says, scriptedModel } from '@pawl/testing'
import { agent, approve, memoryStore, resume, run, tool } from 'pawl'
import { z } from 'zod'

const refund = tool({
  name: 'refund',
  description: 'Pays an order back',
  parameters: z.object({ order: z.string(), amount: z.number() }),
  approval: ({ amount }) => amount > 50 && `${amount} is more than a clerk may refund`,
  execute: ({ order }) => `refunded ${order}`,
})
const model = scriptedModel([callsTool('refund', { order: 'ORD-1042', amount: 64.9 }), says('The refund is made.')])
const clerk = agent({ name: 'clerk', model, tools: [refund] })
const store = memoryStore()

const waiting = await run(clerk, 'Refund order ORD-1042', { store })
console.log(
  waiting.status,
  waiting.pending.map((pending) => pending.reason),
)

const done = await resume(clerk, waiting.runId, { store, decisions: waiting.pending.map(approve) })
console.log(done.status, done.text)
