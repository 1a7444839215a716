import { crashingStore } from '@pawl/agent/testing'
import { callsTool, callsTools, says, scriptedModel } from '@pawl/testing'
import { tool } from '@pawl/tools'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { agent, agentAsTool, type PriceTable, run } from '../src/index.ts'
import { weather } from './tools.ts'

const search = tool({
  name: 'search',
  description: 'd',
  parameters: z.object({ page: z.number() }),
  effect: 'pure',
  execute: ({ page }) => `page ${page}`,
})
const endless = () => scriptedModel((_, number) => callsTool('search', { page: number }))
const perToken: PriceTable = { cost: (model, { total_tokens }) => (model === 'free' ? undefined : total_tokens / 1000) }

test('the last call is kept for an answer: tools stay, tool_choice is none', async () => {
  const model = scriptedModel([
    callsTool('search', { page: 1 }),
    callsTool('search', { page: 2 }),
    says('Nothing on two pages.'),
  ])
  const result = await run(agent({ model, tools: [search], limits: { steps: 3 } }), 'find')
  expect(result).toMatchObject({
    status: 'stopped',
    steps: 3,
    text: 'Nothing on two pages.',
    stoppedBy: { limit: 'steps', reached: 3, allowed: 3 },
  })
  expect(model.requests.map(({ tool_choice, tools }) => [tool_choice, tools?.length])).toEqual([
    [undefined, 1],
    [undefined, 1],
    ['none', 1],
  ])
})

test('a model that calls tools all the same is stopped, and its call is answered', async () => {
  const result = await run(agent({ model: endless(), tools: [search], limits: { steps: 2 } }), 'find')
  expect(result).toMatchObject({ status: 'stopped', steps: 2, stoppedBy: { limit: 'steps' } })
  expect(result.messages.at(-1)).toMatchObject({ role: 'tool', content: expect.stringMatching(/not run/) })
})

test('without limits a run ends after 20 model calls', async () => {
  const model = endless()
  expect(await run(agent({ model, tools: [search] }), 'find')).toMatchObject({ status: 'stopped', steps: 20 })
  expect(model.requests).toHaveLength(20)
})

test('tool calls are counted: what is over the limit is answered, not run', async () => {
  const model = scriptedModel([
    callsTools(['search', { page: 1 }], ['search', { page: 2 }], ['search', { page: 3 }]),
    says('Enough.'),
  ])
  const result = await run(agent({ model, tools: [search], limits: { toolCalls: 2 } }), 'find')
  expect(result.messages.slice(2, 5).map(({ content }) => content)).toEqual([
    'page 1',
    'page 2',
    expect.stringMatching(/may make 2 calls; this one was not run/),
  ])
  expect(result).toMatchObject({ status: 'stopped', stoppedBy: { limit: 'toolCalls' }, text: 'Enough.' })
})

test('one message may hold 32 calls', async () => {
  const calls = Array.from({ length: 40 }, (_, page) => ['search', { page }] as const)
  const result = await run(agent({ model: scriptedModel([callsTools(...calls), says('ok')]), tools: [search] }), 'find')
  const answers = result.messages.filter(({ role }) => role === 'tool').map(({ content }) => String(content))
  expect(answers).toHaveLength(40)
  expect(answers.filter((text) => /may hold 32 calls/.test(text))).toHaveLength(8)
})

test('the same call with the same result is told at the third time and not run at the fourth', async () => {
  const model = scriptedModel((request) =>
    request.tool_choice === 'none' ? says('It stays at 4 degrees.') : callsTool('weather', { city: 'Oslo' }),
  )
  const result = await run(agent({ model, tools: [weather] }), 'watch it')
  const answers = result.messages.filter(({ role }) => role === 'tool').map(({ content }) => content)
  expect(answers).toEqual([
    'Oslo: 4 degrees',
    'Oslo: 4 degrees',
    expect.stringMatching(/^Oslo: 4 degrees\n\(.*will not be run again/),
    expect.stringMatching(/same result 3 times and was not run/),
  ])
  expect(result).toMatchObject({ status: 'stopped', stoppedBy: { limit: 'repeats' }, text: 'It stays at 4 degrees.' })
})

test('a tool that names its own identity may poll', async () => {
  let polled = 0
  const poll = tool({
    name: 'poll',
    description: 'd',
    parameters: z.object({}),
    effect: 'pure',
    identity: () => `${polled}`,
    execute: () => {
      polled += 1
      return 'pending'
    },
  })
  const model = scriptedModel([...Array.from({ length: 6 }, () => callsTool('poll', {})), says('Still pending.')])
  expect(await run(agent({ model, tools: [poll] }), 'wait')).toMatchObject({ status: 'done', steps: 7 })
  expect(polled).toBe(6)
})

test('tokens are reserved before the call: the answer is bound to what is left, and too little stops the run', async () => {
  const model = endless()
  const result = await run(agent({ model, tools: [search], limits: { tokens: 700 } }), 'find')
  expect(result).toMatchObject({ status: 'stopped', stoppedBy: { limit: 'tokens', allowed: 700 } })
  expect(result.usage.total_tokens).toBeLessThanOrEqual(700)
  for (const { max_tokens = 0 } of model.requests) expect(max_tokens).toBeLessThanOrEqual(700)
})

test('a limit of cost counts every completion, and needs a price', async () => {
  const model = endless()
  const assistant = agent({ model, tools: [search], limits: { cost: 1 } })
  const result = await run(assistant, 'find', { prices: perToken })
  expect(result).toMatchObject({ status: 'stopped', stoppedBy: { limit: 'cost' } })
  expect(result.cost).toBeLessThanOrEqual(1)
  expect(() => run(assistant, 'find')).toThrow(expect.objectContaining({ code: 'price_unknown' }))
})

test('a tree of agents draws on one budget', async () => {
  const child = agent({ name: 'child', model: endless(), tools: [search], limits: { steps: 50 } })
  const parent = agent({
    name: 'parent',
    model: scriptedModel([callsTool('ask', { input: 'go' }), says('That was it.')]),
    tools: [agentAsTool(child, { name: 'ask', description: 'd' })],
    limits: { tokens: 1500 },
  })
  const result = await run(parent, 'go')
  expect(result.usage.total_tokens).toBeLessThanOrEqual(1500)
})

test('resume with wider limits goes on', async () => {
  const { memoryStore, resume } = await import('../src/index.ts')
  const store = memoryStore()
  const model = scriptedModel([
    callsTool('search', { page: 1 }),
    callsTool('search', { page: 2 }),
    callsTool('search', { page: 3 }),
    says('Found.'),
  ])
  const assistant = agent({ model, tools: [search], limits: { steps: 2 } })
  const stopped = await run(assistant, 'find', { store })
  expect(stopped).toMatchObject({ status: 'stopped', steps: 2 })
  expect(await resume(assistant, stopped.runId, { store, limits: { steps: 10 } })).toMatchObject({
    status: 'done',
    text: 'Found.',
    steps: 4,
  })
})

test.each(['before', 'after'] as const)(
  'a process that dies %s the first write of a run that goes on under wider limits leaves it to go on',
  async (side) => {
    const { memoryStore, resume } = await import('../src/index.ts')
    const store = memoryStore()
    const model = scriptedModel([callsTool('search', { page: 1 }), says('One so far.'), says('All of it.')])
    const assistant = agent({ model, tools: [search] })
    const stopped = await run(assistant, 'find', { store, limits: { steps: 2 } })
    expect(stopped).toMatchObject({ status: 'stopped', text: 'One so far.' })
    const wider = { steps: 10 }
    const dying = crashingStore(store, { append: 0, side })
    await expect(resume(assistant, stopped.runId, { store: dying, limits: wider })).rejects.toThrow()
    expect(await resume(assistant, stopped.runId, { store, limits: wider })).toMatchObject({
      status: 'done',
      text: 'All of it.',
    })
  },
)
