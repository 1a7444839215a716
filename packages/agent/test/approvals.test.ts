import { callsTool, callsTools, says, scriptedModel } from '@pawl/testing'
import { approvalRequired, externalTool, type Tool, tool } from '@pawl/tools'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { agent, answer, approve, deny, edit, memoryStore, type Pending, resume, run } from '../src/index.ts'
import { payments, weather } from './tools.ts'

/** A bank whose payments ask first. */
function bank(turns: Parameters<typeof scriptedModel>[0] = [callsTool('pay', { amount: 5 }), says('Done.')]) {
  const { paid, pay } = payments()
  const model = scriptedModel(turns)
  const store = memoryStore()
  const tools: Tool[] = [{ ...pay, approval: true }, weather]
  return { paid, model, store, assistant: agent({ model, tools }), tools }
}

const toolTexts = (messages: readonly { role: string; content?: unknown }[]) =>
  messages.flatMap(({ role, content }) => (role === 'tool' ? [content] : []))

test('a call that needs approval waits, is listed by the store, and runs in a later process once it is approved', async () => {
  const { paid, store, assistant } = bank()
  const waiting = await run(assistant, 'Pay', { store })
  expect(waiting).toMatchObject({ status: 'waiting', pending: [{ type: 'approval', runId: waiting.runId }] })
  expect(paid).toEqual([])
  const listed: string[] = []
  for await (const { runId } of store.list({ status: 'waiting' })) listed.push(runId)
  expect(listed).toEqual([waiting.runId])
  const done = await resume(assistant, waiting.runId, { store, decisions: waiting.pending.map(approve) })
  expect(done).toMatchObject({ status: 'done', output: 'Done.', pending: [] })
  expect(paid).toEqual([5])
  expect((await store.read(waiting.runId)).map(({ type }) => type)).toEqual([
    'run.started',
    'completion.done',
    'approval.asked',
    'run.waiting',
    'approval.given',
    'tool.started',
    'tool.done',
    'completion.done',
    'run.done',
  ])
})

test('a denial is told to the model, with its reason', async () => {
  const { paid, store, assistant } = bank()
  const waiting = await run(assistant, 'Pay', { store })
  const done = await resume(assistant, waiting.runId, {
    store,
    decisions: waiting.pending.map((pending) => deny(pending, 'too much')),
  })
  expect(toolTexts(done.messages)).toEqual(['A person did not allow this call: too much'])
  expect(paid).toEqual([])
})

test('edited arguments are checked, run, and told to the model', async () => {
  const { paid, store, assistant } = bank()
  const waiting = await run(assistant, 'Pay', { store })
  const done = await resume(assistant, waiting.runId, {
    store,
    decisions: waiting.pending.map((pending) => edit(pending, { amount: 3 })),
  })
  expect(paid).toEqual([3])
  expect(toolTexts(done.messages)).toEqual([
    '{"paid":3}\n(A person changed the arguments to {"amount":3} before it ran.)',
  ])
  const log = await store.read(waiting.runId)
  expect(log.find(({ type }) => type === 'tool.started')).toMatchObject({ arguments: '{"amount":3}' })
})

test('edited arguments that do not fit run nothing', async () => {
  const { paid, store, assistant } = bank()
  const waiting = await run(assistant, 'Pay', { store })
  const done = await resume(assistant, waiting.runId, {
    store,
    decisions: waiting.pending.map((pending) => edit(pending, { amount: 'all' })),
  })
  expect(paid).toEqual([])
  expect(toolTexts(done.messages)).toEqual([expect.stringContaining('do not fit')])
})

test('an answer stands for the result, and nothing runs', async () => {
  const { paid, store, assistant } = bank()
  const waiting = await run(assistant, 'Pay', { store })
  const done = await resume(assistant, waiting.runId, {
    store,
    decisions: waiting.pending.map((pending) => answer(pending, { paid: 5, by: 'hand' })),
  })
  expect(paid).toEqual([])
  expect(toolTexts(done.messages)).toEqual(['{"paid":5,"by":"hand"}'])
})

test('a decision counts once, for the run and the arguments that were asked about', async () => {
  const first = bank()
  const second = bank()
  const [one, two] = [
    await run(first.assistant, 'Pay', { store: first.store }),
    await run(second.assistant, 'Pay', { store: second.store }),
  ]
  const decisions = one.pending.map(approve)
  await expect(resume(second.assistant, two.runId, { store: second.store, decisions })).rejects.toMatchObject({
    code: 'decision_unknown',
    runId: two.runId,
  })
  await resume(first.assistant, one.runId, { store: first.store, decisions })
  expect(await resume(first.assistant, one.runId, { store: first.store, decisions })).toMatchObject({ status: 'done' })
  expect([first.paid, second.paid]).toEqual([[5], []])
})

test('an approval does not hold for a tool that has changed since: it is asked anew', async () => {
  const { paid, store, assistant, model } = bank()
  const waiting = await run(assistant, 'Pay', { store })
  const changed = tool({
    name: 'pay',
    description: 'Pays an amount, and a fee',
    parameters: z.object({ amount: z.number() }),
    approval: true,
    execute: ({ amount }) => paid.push(amount + 1),
  })
  const again = await resume(agent({ model, tools: [changed] }), waiting.runId, {
    store,
    decisions: waiting.pending.map(approve),
  })
  expect(again).toMatchObject({ status: 'waiting', pending: [{ reason: expect.stringContaining('changed') }] })
  expect(paid).toEqual([])
  const decisions = again.pending.map(approve)
  expect(await resume(agent({ model, tools: [changed] }), waiting.runId, { store, decisions })).toMatchObject({
    status: 'done',
  })
  expect(paid).toEqual([6])
})

test('the other calls of the message go on, and decisions may come one by one', async () => {
  const { paid, store, assistant, model } = bank([
    callsTools(['pay', { amount: 1 }], ['weather', { city: 'Oslo' }], ['pay', { amount: 2 }]),
    says('Done.'),
  ])
  const waiting = await run(assistant, 'Pay both', { store })
  expect(waiting.pending).toHaveLength(2)
  expect((await store.read(waiting.runId)).filter(({ type }) => type === 'tool.done')).toHaveLength(1)
  const half = await resume(assistant, waiting.runId, { store, decisions: waiting.pending.slice(1).map(approve) })
  expect(half).toMatchObject({ status: 'waiting', pending: [waiting.pending[0]] })
  expect(paid).toEqual([2])
  await resume(assistant, waiting.runId, { store, decisions: half.pending.map((pending) => deny(pending)) })
  expect(toolTexts(model.requests[1]?.messages ?? [])).toEqual([
    'A person did not allow this call.',
    'Oslo: 4 degrees',
    '{"paid":2}',
  ])
})

test('onPending asks in this process, once for each; undefined leaves the call waiting', async () => {
  const { paid, assistant, store } = bank([callsTools(['pay', { amount: 1 }], ['pay', { amount: 2 }]), says('Done.')])
  const asked: Pending[] = []
  const waiting = await run(assistant, 'Pay', {
    store,
    onPending: async (pending) => {
      asked.push(pending)
      return asked.length === 1 ? undefined : approve(pending)
    },
  })
  expect(asked).toHaveLength(2)
  expect(waiting).toMatchObject({ status: 'waiting', pending: [asked[0]] })
  expect(paid).toEqual([2])
})

test('a source can require approval for its tools, and a rule sees the arguments and gives a reason', async () => {
  const { paid, pay } = payments()
  const source = approvalRequired({ tools: () => [pay] }, (input) =>
    (input as { amount: number }).amount > 3 ? 'more than 3' : false,
  )
  const model = scriptedModel([callsTools(['pay', { amount: 2 }], ['pay', { amount: 4 }])])
  const waiting = await run(agent({ model, tools: [source] }), 'Pay')
  expect(waiting.pending).toMatchObject([{ reason: 'more than 3', call: { function: { arguments: '{"amount":4}' } } }])
  expect(paid).toEqual([2])
})

test('an external tool waits until somebody answers it', async () => {
  const click = externalTool({ name: 'click', description: 'd', parameters: z.object({ at: z.string() }) })
  const model = scriptedModel([callsTool('click', { at: 'ok' }), says('Clicked.')])
  const store = memoryStore()
  const assistant = agent({ model, tools: [click] })
  const waiting = await run(assistant, 'Click', { store })
  expect(waiting.pending).toMatchObject([{ type: 'external' }])
  const done = await resume(assistant, waiting.runId, {
    store,
    decisions: waiting.pending.map((pending) => answer(pending, 'clicked')),
  })
  expect(toolTexts(done.messages)).toEqual(['clicked'])
})

test('a rule that throws fails the run with hook_failed, and the run can go on', async () => {
  const { pay, paid } = payments()
  let broken = true
  const careful: Tool = {
    ...pay,
    approval: () => {
      if (broken) throw new Error('rules are down')
      return false
    },
  }
  const store = memoryStore()
  const assistant = agent({ model: scriptedModel([callsTool('pay', { amount: 5 }), says('Paid.')]), tools: [careful] })
  const failed = run(assistant, 'Pay', { store })
  await expect(failed).rejects.toMatchObject({ code: 'hook_failed', runId: failed.runId })
  broken = false
  expect(await resume(assistant, failed.runId, { store })).toMatchObject({ status: 'done', text: 'Paid.' })
  expect(paid).toEqual([5])
})
