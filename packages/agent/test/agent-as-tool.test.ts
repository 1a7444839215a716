import { ConnectionError } from '@pawl/client'
import { callsTool, callsTools, fails, says, scriptedModel } from '@pawl/testing'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { agent, agentAsTool, approve, deny, memoryStore, type RunEvent, resume, run } from '../src/index.ts'
import { payments } from './tools.ts'

/** A boss that asks a researcher once. */
function team(researcher: ReturnType<typeof scriptedModel>, tools: Parameters<typeof agent>[0]['tools'] = []) {
  const child = agent({ name: 'researcher', model: researcher, tools })
  const model = scriptedModel([callsTool('research', { input: 'Oslo' }), says('Take a coat.')])
  return {
    model,
    boss: agent({ name: 'boss', model, tools: [agentAsTool(child, { name: 'research', description: 'd' })] }),
  }
}

test('an agent as a tool runs as a run of its own, its events stand among those of its parent, and usage is summed', async () => {
  const store = memoryStore()
  const { boss, model } = team(scriptedModel([says('4 degrees')]))
  const events: RunEvent[] = []
  const result = await run(boss, 'A coat?', { store, runId: 'r', onEvent: (event) => events.push(event) })
  expect(events.filter(({ type }) => !type.includes('delta')).map(({ runId, type }) => `${runId} ${type}`)).toEqual([
    'r run.started',
    'r completion.done',
    'r.1.0 run.started',
    'r.1.0 completion.done',
    'r.1.0 run.done',
    'r tool.done',
    'r completion.done',
    'r run.done',
  ])
  const child = await store.read('r.1.0')
  expect(child[0]).toMatchObject({ parent: 'r', input: [{ role: 'user', content: 'Oslo' }] })
  expect(model.requests[1]?.messages.at(-1)).toMatchObject({ role: 'tool', content: '4 degrees' })
  const used = [...(await store.read('r')), ...child].flatMap((event) =>
    event.type === 'completion.done' ? [event.usage.total_tokens] : [],
  )
  expect(result.usage.total_tokens).toBe(used.reduce((sum, tokens) => sum + tokens, 0))
})

test('children run side by side, and their answers stand in call order', async () => {
  const slow = agent({ name: 'slow', model: scriptedModel([callsTool('none', {}), says('slow')]) })
  const fast = agent({ name: 'fast', model: scriptedModel([says('fast')]) })
  const model = scriptedModel([callsTools(['ask_slow', { input: 'a' }], ['ask_fast', { input: 'b' }]), says('Both.')])
  const tools = [
    agentAsTool(slow, { name: 'ask_slow', description: 'd' }),
    agentAsTool(fast, { name: 'ask_fast', description: 'd' }),
  ]
  const { messages } = await run(agent({ name: 'boss', model, tools }), 'Go')
  expect(messages.flatMap((message) => (message.role === 'tool' ? [message.content] : []))).toEqual(['slow', 'fast'])
})

test('parameters of its own reach the child as JSON', async () => {
  const researcher = scriptedModel([says('4 degrees')])
  const parameters = z.object({ city: z.string(), days: z.number() })
  const child = agentAsTool(agent({ name: 'r', model: researcher }), { name: 'research', description: 'd', parameters })
  const model = scriptedModel([callsTool('research', { city: 'Oslo', days: 2 }), says('Ok.')])
  await run(agent({ name: 'boss', model, tools: [child] }), 'Go')
  expect(researcher.requests[0]?.messages).toEqual([{ role: 'user', content: '{"city":"Oslo","days":2}' }])
})

test('a child that fails is told to the model of its parent, without what the fault said', async () => {
  const secret = new ConnectionError('token abc was refused', { reason: 'refused' })
  const { boss } = team(scriptedModel([fails(secret)]))
  const { messages, status } = await run(boss, 'A coat?')
  expect(status).toBe('done')
  expect(messages.at(-2)).toMatchObject({ content: 'The agent "researcher" failed: connection_error.' })
})

/** A boss whose researcher pays these amounts at once, each with somebody's word. */
function paying(...amounts: number[]) {
  const { paid, pay } = payments()
  const calls = callsTools(...amounts.map((amount) => ['pay', { amount }] as const))
  const { boss } = team(scriptedModel([calls, says('Paid.')]), [{ ...pay, approval: true }])
  return { paid, boss }
}

test('a child that waits keeps its parent waiting, and one decision wakes both', async () => {
  const { paid, boss } = paying(5)
  const store = memoryStore()
  const waiting = await run(boss, 'Pay', { store, runId: 'r' })
  expect(waiting).toMatchObject({ status: 'waiting', pending: [{ runId: 'r.1.0', type: 'approval' }] })
  const done = await resume(boss, 'r', { store, decisions: waiting.pending.map(approve) })
  expect(done).toMatchObject({ status: 'done', text: 'Take a coat.' })
  expect(paid).toEqual([5])
})

test('a child that waits for several words asks for all of them at once', async () => {
  const { paid, boss } = paying(5, 6)
  const store = memoryStore()
  const waiting = await run(boss, 'Pay', { store, runId: 'r' })
  expect(
    waiting.pending.map(({ runId, call }) => [runId, call.type === 'function' && call.function.arguments]),
  ).toEqual([
    ['r.1.0', '{"amount":5}'],
    ['r.1.0', '{"amount":6}'],
  ])
  const [first, second] = waiting.pending
  const partly = await resume(boss, 'r', { store, decisions: second ? [deny(second, 'too much')] : [] })
  expect(partly).toMatchObject({ status: 'waiting', pending: [first] })
  const done = await resume(boss, 'r', { store, decisions: partly.pending.map(approve) })
  expect(done).toMatchObject({ status: 'done', text: 'Take a coat.' })
  expect(paid).toEqual([5])
})

test('the words for all calls of a child may be given together', async () => {
  const { paid, boss } = paying(5, 6)
  const store = memoryStore()
  const waiting = await run(boss, 'Pay', { store, runId: 'r' })
  const done = await resume(boss, 'r', { store, decisions: waiting.pending.map(approve) })
  expect(done).toMatchObject({ status: 'done', text: 'Take a coat.' })
  expect(paid.toSorted()).toEqual([5, 6])
})

test('onPending is asked for a child in this process, and what it used counts once', async () => {
  const { paid, boss } = paying(5)
  const result = await run(boss, 'Pay', { onPending: approve, limits: { tokens: 2_000 } })
  expect(result).toMatchObject({ status: 'done', text: 'Take a coat.' })
  expect(paid).toEqual([5])
})
