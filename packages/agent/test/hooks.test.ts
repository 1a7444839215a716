import type { ModelRequest } from '@pawl/client'
import { callsTool, says, scriptedModel } from '@pawl/testing'
import { ToolError } from '@pawl/tools'
import { expect, test } from 'vitest'
import { agent, type Hooks, memoryStore, resume, run } from '../src/index.ts'
import { payments, weather } from './tools.ts'

const roles = ({ messages }: ModelRequest) => messages.map(({ role }) => role)

test('beforeModel may change the request; what it leaves invalid is made valid, and the log keeps the whole history', async () => {
  const model = scriptedModel([callsTool('weather', { city: 'Oslo' }), says('Cold.')])
  const trim: Hooks = {
    beforeModel: (request) => ({ ...request, temperature: 0, messages: request.messages.slice(-1) }),
  }
  const result = await run(agent({ model, tools: [weather], hooks: trim }), 'Weather?')
  expect(model.requests.map(({ temperature }) => temperature)).toEqual([0, 0])
  expect(model.requests.map(roles)).toEqual([['user'], []])
  expect(result.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'assistant'])
})

test('beforeModel may answer in the place of the model', async () => {
  const model = scriptedModel([])
  const result = await run(agent({ model, hooks: { beforeModel: () => ({ answer: 'From the cache.' }) } }), 'Hi')
  expect(result).toMatchObject({ status: 'done', text: 'From the cache.', usage: { total_tokens: 0 } })
  expect(model.requests).toEqual([])
})

test('afterModel may change an answer: only what it left is on record, and only that runs', async () => {
  const { paid, pay } = payments()
  const store = memoryStore()
  const model = scriptedModel([callsTool('pay', { amount: 5 })])
  const assistant = agent({ model, tools: [pay], hooks: { afterModel: () => ({ answer: 'I may not pay.' }) } })
  const result = await run(assistant, 'Pay', { store })
  expect(result).toMatchObject({ status: 'done', text: 'I may not pay.', usage: { total_tokens: 14 } })
  expect(paid).toEqual([])
  expect(JSON.stringify(await store.read(result.runId))).not.toContain('"pay"')
})

test('a tripwire on the answer stops the run, and what the answer used is counted', async () => {
  const { paid, pay } = payments()
  const model = scriptedModel([callsTool('pay', { amount: 5 })])
  const assistant = agent({ model, tools: [pay], hooks: { afterModel: () => ({ stop: 'secrets in the answer' }) } })
  const result = await run(assistant, 'Pay')
  expect(result).toMatchObject({ status: 'stopped', reason: 'secrets in the answer', stoppedBy: { limit: 'hook' } })
  expect(result.usage.total_tokens).toBe(14)
  expect(paid).toEqual([])
})

test('beforeTool may change the arguments, answer, stop, or tell the model', async () => {
  const outcomes: [NonNullable<Hooks['beforeTool']>, number[], unknown][] = [
    [(call) => ({ ...call, input: { amount: 1 } }), [1], '{"paid":1}'],
    [(call) => ({ ...call, input: { amount: 'x' } }), [], expect.stringContaining('do not fit')],
    [() => ({ answer: { paid: 0 } }), [], '{"paid":0}'],
    [
      () => {
        throw new ToolError('Not on Sundays')
      },
      [],
      'Not on Sundays',
    ],
  ]
  for (const [beforeTool, expected, content] of outcomes) {
    const { paid, pay } = payments()
    const model = scriptedModel([callsTool('pay', { amount: 5 }), says('Done.')])
    const { messages } = await run(agent({ model, tools: [pay], hooks: { beforeTool } }), 'Pay')
    expect(messages.at(-2)).toMatchObject({ role: 'tool', content })
    expect(paid).toEqual(expected)
  }
})

test('approval is asked with the arguments as a hook left them', async () => {
  const { paid, pay } = payments()
  const store = memoryStore()
  let asked = 0
  const assistant = agent({
    model: scriptedModel([callsTool('pay', { amount: 500 }), says('Done.')]),
    tools: [{ ...pay, approval: true }],
    hooks: {
      beforeTool(call) {
        asked += 1
        return { ...call, input: { amount: 50 } }
      },
    },
  })
  const waiting = await run(assistant, 'Pay', { store })
  expect(waiting.pending).toMatchObject([{ call: { function: { arguments: '{"amount":50}' } } }])
  const decisions = waiting.pending.map(({ id }) => ({ id, verdict: 'approve' as const }))
  expect(await resume(assistant, waiting.runId, { store, decisions })).toMatchObject({ status: 'done' })
  expect({ paid, asked }).toEqual({ paid: [50], asked: 1 })
})

test('afterTool may change what the model is told', async () => {
  const model = scriptedModel([callsTool('weather', { city: 'Oslo' }), says('Cold.')])
  const hooks: Hooks = {
    afterTool: (result, call) => ({
      ...result,
      message: { ...result.message, content: `${call.name}: [redacted]` },
    }),
  }
  const { messages } = await run(agent({ model, tools: [weather], hooks }), 'Weather?')
  expect(messages.at(-2)).toMatchObject({ content: 'weather: [redacted]' })
})

test('hooks stand in order, each sees what the one before left', async () => {
  const seen: string[] = []
  const note = (name: string): Hooks => ({
    beforeModel: (request) => {
      seen.push(`${name} ${request.user}`)
      return { ...request, user: `${request.user ?? ''}${name}` }
    },
  })
  await run(agent({ model: scriptedModel([says('Hi.')]), hooks: [note('a'), note('b')] }), 'Hi')
  expect(seen).toEqual(['a undefined', 'b a'])
})

test('a hook that throws fails the run with hook_failed; what is finished is never asked again', async () => {
  let failing = true
  const asked = { before: 0, after: 0 }
  const hooks: Hooks = {
    beforeModel() {
      asked.before += 1
    },
    afterTool() {
      asked.after += 1
      if (failing) throw new Error('secret')
    },
  }
  const store = memoryStore()
  const model = scriptedModel([callsTool('weather', { city: 'Oslo' }), says('Cold.')])
  const assistant = agent({ model, tools: [weather], hooks })
  const failed = run(assistant, 'Weather?', { store })
  const error = await failed.catch((caught: unknown) => caught)
  expect(error).toMatchObject({ code: 'hook_failed', runId: failed.runId, cause: { message: 'secret' } })
  expect(String(error)).not.toContain('secret')
  failing = false
  expect(await resume(assistant, failed.runId, { store })).toMatchObject({ status: 'done', text: 'Cold.' })
  expect(asked).toEqual({ before: 2, after: 2 })
})
