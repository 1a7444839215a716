import { callsTool, callsTools, says, scriptedModel } from '@pawl/testing'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Agent, agent, handoff, memoryStore, resume, run } from '../src/index.ts'
import { problemsOf } from './messages.ts'
import { payments, weather } from './tools.ts'

test('a handoff gives the conversation to another agent, with its instructions and tools', async () => {
  const billingModel = scriptedModel([says('Refunded.')])
  const billing = agent({ name: 'billing', model: billingModel, instructions: 'You bill.', tools: [weather] })
  const triageModel = scriptedModel([callsTool('handoff_to_billing', {})])
  const triage = agent({ name: 'triage', model: triageModel, instructions: 'You sort.', handoffs: [billing] })
  const store = memoryStore()
  const result = await run(triage, 'My bill is wrong', { store })
  expect(result).toMatchObject({ status: 'done', text: 'Refunded.', steps: 2 })
  expect(billingModel.requests[0]).toMatchObject({
    messages: [
      { role: 'system', content: 'You bill.' },
      { role: 'user', content: 'My bill is wrong' },
      { role: 'assistant', tool_calls: [{ function: { name: 'handoff_to_billing' } }] },
      { role: 'tool', content: 'Handed over to billing.' },
    ],
    tools: [{ function: { name: 'weather' } }],
  })
  expect((await store.read(result.runId)).find(({ type }) => type === 'handoff.done')).toMatchObject({
    from: 'triage',
    to: 'billing',
  })
})

test('a filter says what the next agent sees, and the list stays valid', async () => {
  const billingModel = scriptedModel([says('Refunded.')])
  const billing = agent({ name: 'billing', model: billingModel })
  const triage = agent({
    name: 'triage',
    model: scriptedModel([
      callsTool('weather', { city: 'Oslo' }),
      callsTools(['weather', { city: 'Bergen' }], ['handoff_to_billing', {}]),
    ]),
    tools: [weather],
    handoffs: [handoff(billing, { description: 'for bills', filter: (messages) => messages.slice(-1) })],
  })
  const result = await run(triage, 'My bill is wrong')
  const [request] = billingModel.requests
  expect(request?.messages.map(({ role }) => role)).toEqual(['assistant', 'tool', 'tool'])
  expect(problemsOf(request?.messages ?? [])).toEqual([])
  expect(problemsOf(result.messages)).toEqual([])
})

test('only the first of two handoffs of a message leads', async () => {
  const first = agent({ name: 'first', model: scriptedModel([says('One.')]) })
  const second = agent({ name: 'second', model: scriptedModel([says('Two.')]) })
  const model = scriptedModel([callsTools(['handoff_to_first', {}], ['handoff_to_second', {}])])
  const result = await run(agent({ name: 'triage', model, handoffs: [first, second] }), 'Go')
  expect(result.text).toBe('One.')
  expect(result.messages.filter(({ role }) => role === 'tool')).toMatchObject([
    { content: 'Handed over to first.' },
    { content: 'The conversation was handed over already.' },
  ])
})

test('agents may hand to each other, and the output is the one of the first', async () => {
  const triage: Agent<{ ok: boolean }> = agent({
    name: 'triage',
    model: scriptedModel([callsTool('handoff_to_billing', {}), says('{"ok":true}')]),
    output: z.object({ ok: z.boolean() }),
    handoffs: () => [billing],
  })
  const billing = agent({
    name: 'billing',
    model: scriptedModel([callsTool('handoff_to_triage', {})]),
    handoffs: () => [triage],
  })
  expect(await run(triage, 'Go')).toMatchObject({ status: 'done', output: { ok: true }, steps: 3 })
})

test('a run is resumed with the agent that led it, and a name that is gone is told', async () => {
  const { paid, pay } = payments()
  const store = memoryStore()
  const billing = agent({
    name: 'billing',
    model: scriptedModel([callsTool('pay', { amount: 5 }), says('Paid.')]),
    tools: [{ ...pay, approval: true }],
  })
  const handOver = callsTool('handoff_to_billing', {})
  const triage = agent({ name: 'triage', model: scriptedModel([handOver]), handoffs: [billing] })
  const waiting = await run(triage, 'Pay', { store })
  const decisions = waiting.pending.map(({ id }) => ({ id, verdict: 'approve' as const }))
  const alone = agent({ name: 'triage', model: scriptedModel([]) })
  await expect(resume(alone, waiting.runId, { store, decisions })).rejects.toMatchObject({
    code: 'agent_unknown',
    runId: waiting.runId,
  })
  const { pending, runId } = waiting
  expect(pending).toHaveLength(1)
  const done = await resume(triage, runId, { store })
  expect(done).toMatchObject({ status: 'done', text: 'Paid.' })
  expect(paid).toEqual([5])
})

test('two agents of one name are refused', async () => {
  const model = scriptedModel([])
  const twin = agent({ name: 'a', model })
  await expect(run(agent({ name: 'a', model, handoffs: [twin] }), 'Go')).rejects.toMatchObject({
    code: 'agent_unknown',
  })
})
