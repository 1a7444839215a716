import { agent, memoryStore, resume, run } from '@pawl/agent'
import { crashingStore } from '@pawl/agent/testing'
import { callsTool, says, scriptedModel } from '@pawl/testing'
import { tool } from '@pawl/tools'
import { expect, test } from 'vitest'
import { z } from 'zod'

test('a probe looks for the call by the key that it was run with', async () => {
  const paid = new Set<string>()
  const pay = tool({
    name: 'pay',
    description: 'Pays an invoice',
    parameters: z.object({ invoice: z.string() }),
    execute: (_, { idempotencyKey }) => {
      paid.add(idempotencyKey)
      return 'paid'
    },
    probe: async (_, { idempotencyKey }) =>
      paid.has(idempotencyKey) ? { done: true, value: 'paid before' } : { done: false },
  })
  const model = scriptedModel([callsTool('pay', { invoice: 'INV-7' }), says('It is paid.')])
  const clerk = agent({ name: 'clerk', model, tools: [pay] })
  const disk = memoryStore()
  await run(clerk, 'Pay it', { store: crashingStore(disk, { append: 2, side: 'before' }), runId: 'r' }).catch(() => {})
  const { messages } = await resume(clerk, 'r', { store: disk })
  expect(messages.filter(({ role }) => role === 'tool')).toMatchObject([{ content: 'paid before' }])
  expect([...paid]).toEqual(['r/tool:1:0'])
})
