import { type Message, PawlError } from '@pawl/client'
import { callsTool, callsTools, fails, says, scriptedModel } from '@pawl/testing'
import { ToolError, tool } from '@pawl/tools'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { agent, memoryStore, type RunEvent, run } from '../src/index.ts'
import { payments, weather } from './tools.ts'

const types = (events: readonly RunEvent[]) => events.map(({ type }) => type)

test('a run calls tools and feeds their messages back until the model answers', async () => {
  const model = scriptedModel([callsTool('weather', { city: 'Oslo' }), says('Take a coat.')])
  const assistant = agent({ name: 'assistant', instructions: 'Be brief.', model, tools: [weather] })
  const result = await run(assistant, 'Do I need a coat in Oslo?')
  const conversation: Message[] = [
    { role: 'user', content: 'Do I need a coat in Oslo?' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }],
    },
    { role: 'tool', tool_call_id: 'call_1', content: 'Oslo: 4 degrees' },
    { role: 'assistant', content: 'Take a coat.' },
  ]
  expect(result).toMatchObject({
    status: 'done',
    output: 'Take a coat.',
    text: 'Take a coat.',
    steps: 2,
    pending: [],
    messages: conversation,
  })
  expect(model.requests.map(({ messages }) => messages)).toEqual([
    [{ role: 'system', content: 'Be brief.' }, ...conversation.slice(0, 1)],
    [{ role: 'system', content: 'Be brief.' }, ...conversation.slice(0, 3)],
  ])
})

test('what is recorded is what the table says: a once call stands with the answer that asked for it', async () => {
  const { pay, paid } = payments()
  const store = memoryStore()
  const model = scriptedModel([callsTools(['pay', { amount: 5 }], ['weather', { city: 'Oslo' }]), says('Paid.')])
  const { runId } = await run(agent({ model, tools: [pay, weather] }), 'Pay', { store })
  const log = await store.read(runId)
  expect(types(log)).toEqual([
    'run.started',
    'completion.done',
    'tool.started',
    'tool.done',
    'tool.done',
    'completion.done',
    'run.done',
  ])
  expect(log.map(({ at }) => at)).toEqual([0, 1, 2, 3, 4, 5, 6])
  expect(log[2]).toMatchObject({ type: 'tool.started', name: 'pay', arguments: '{"amount":5}', index: 0, step: 1 })
  expect(paid).toEqual([5])
})

test('an iterated run streams, an awaited one does not, and both record the same', async () => {
  const script = () => scriptedModel([callsTool('weather', { city: 'Oslo' }), says('Take a coat.')])
  const [iterated, awaited] = [memoryStore(), memoryStore()]
  const running = run(agent({ model: script(), tools: [weather] }), 'hi', { store: iterated, runId: 'a' })
  const seen: RunEvent[] = []
  for await (const event of running) seen.push(event)
  await run(agent({ model: script(), tools: [weather] }), 'hi', { store: awaited, runId: 'a' })
  expect(seen.flatMap((event) => (event.type === 'text.delta' ? [event.delta] : [])).join('')).toBe('Take a coat.')
  const plain = (events: readonly RunEvent[]) =>
    events.map(({ time: _, ...event }) => ({ ...event, ...('ms' in event && { ms: 0 }) }))
  const log = await iterated.read('a')
  const withoutIds = (events: readonly RunEvent[]) =>
    JSON.parse(JSON.stringify(plain(events)), (key, value) =>
      key === 'completion' ? value.choices[0].message.content : value,
    )
  expect(withoutIds(log)).toEqual(withoutIds(await awaited.read('a')))
  expect(seen.filter((event) => log.some(({ type }) => type === event.type))).toEqual(log)
})

test('tool messages stand in call order, whatever ends first', async () => {
  const gates = new Map([
    ['a', Promise.withResolvers<void>()],
    ['b', Promise.withResolvers<void>()],
  ])
  const slow = tool({
    name: 'slow',
    description: 'd',
    parameters: z.object({ gate: z.string() }),
    effect: 'pure',
    execute: async ({ gate }) => {
      await gates.get(gate)?.promise
      return gate
    },
  })
  const model = scriptedModel([callsTools(['slow', { gate: 'a' }], ['slow', { gate: 'b' }]), says('ok')])
  const running = run(agent({ model, tools: [slow] }), 'go')
  const ended: string[] = []
  running.on('tool.done', ({ callId }) => {
    ended.push(callId)
    gates.get('a')?.resolve()
  })
  gates.get('b')?.resolve()
  const { messages } = await running
  expect(ended).toEqual(['call_2', 'call_1'])
  expect(messages.flatMap((message) => (message.role === 'tool' ? [message.content] : []))).toEqual(['a', 'b'])
})

describe('what the model can mend is a tool message', () => {
  const picky = tool({
    name: 'picky',
    description: 'd',
    parameters: z.object({ n: z.number() }),
    effect: 'pure',
    execute: ({ n }) => {
      if (n === 1) throw new ToolError('Not one; try two.')
      if (n === 3) throw new Error('password=hunter2 is wrong')
      return n
    },
  })
  test.each([
    ['a ToolError, word for word', callsTool('picky', { n: 1 }), /^Not one; try two\.$/],
    ['an Error, without its secrets', callsTool('picky', { n: 3 }), /^(?!.*hunter2)/],
    ['wrong arguments, with the path', callsTool('picky', { n: 'x' }), /- n: /],
    ['an unknown tool, with the ones there are', callsTool('pickky', {}), /no tool "pickky"[\s\S]*picky/],
    ['a name like an inherited key', callsTool('constructor', {}), /no tool "constructor"/],
  ])('%s', async (_, call, message) => {
    const result = await run(agent({ model: scriptedModel([call, says('ok')]), tools: [picky] }), 'go')
    expect(result.status).toBe('done')
    expect(result.messages.at(-2)).toMatchObject({ role: 'tool', content: expect.stringMatching(message) })
  })
})

test('an answer cut by its length runs none of its calls', async () => {
  const { pay, paid } = payments()
  const call = { id: 'call_1', type: 'function' as const, function: { name: 'pay', arguments: '{"amount":5}' } }
  const cut = {
    id: 'x',
    object: 'chat.completion' as const,
    created: 0,
    model: 'm',
    choices: [
      { index: 0, message: { role: 'assistant' as const, content: null, tool_calls: [call] }, finish_reason: 'length' },
    ],
  }
  const { answers } = await import('@pawl/testing')
  const result = await run(agent({ model: scriptedModel([answers(cut), says('Sorry.')]), tools: [pay] }), 'Pay')
  expect(paid).toEqual([])
  expect(result.messages.at(-2)).toMatchObject({
    role: 'tool',
    content: expect.stringMatching(/cut by the limit of its length/),
  })
})

test('a fault of the model rejects with the run that it belongs to, and the run goes on from there', async () => {
  const { resume } = await import('../src/index.ts')
  const store = memoryStore()
  const assistant = agent({
    model: scriptedModel([callsTool('weather', { city: 'Oslo' }), fails(new PawlError('down')), says('Coat.')]),
    tools: [weather],
  })
  const error = await run(assistant, 'hi', { store, runId: 'r1' }).catch((failure) => failure)
  expect(error).toMatchObject({ message: 'down', runId: 'r1' })
  expect(types(await store.read('r1')).at(-1)).toBe('run.failed')
  expect(await resume(assistant, 'r1', { store })).toMatchObject({ status: 'done', text: 'Coat.', steps: 2 })
})

test('a run id that exists is refused, and so is one that could be a path', async () => {
  const store = memoryStore()
  const assistant = agent({ model: scriptedModel([says('1'), says('2')]) })
  await run(assistant, 'hi', { store, runId: 'r1' })
  await expect(run(assistant, 'hi', { store, runId: 'r1' })).rejects.toMatchObject({ code: 'run_exists', runId: 'r1' })
  expect(() => run(assistant, 'hi', { runId: '../r1' })).toThrow(
    expect.objectContaining({ code: 'store_error', reason: 'id' }),
  )
})

test('the next model is asked when one cannot be reached', async () => {
  const { ConnectionError } = await import('@pawl/client')
  const first = scriptedModel([fails(new ConnectionError('gone', { reason: 'refused' }))])
  const second = scriptedModel([says('Here.')])
  expect(await run(agent({ model: [first, second] }), 'hi')).toMatchObject({ text: 'Here.', steps: 1 })
})

test('a secret that the run names reaches neither the model nor the log, whether a tool gives it or throws it', async () => {
  const secret = 'hunter2-hunter2'
  const leak = (name: string, execute: () => unknown) =>
    tool({ name, description: 'd', parameters: z.object({}), effect: 'pure', execute })
  const tools = [
    leak('gives', () => ({ password: secret })),
    leak('throws', () => {
      throw new ToolError(`The password ${secret} is wrong.`)
    }),
  ]
  const model = scriptedModel([callsTools(['gives', {}], ['throws', {}]), says('Done.')])
  const store = memoryStore()
  const { runId } = await run(agent({ model, tools }), 'Sign in', { store, secrets: [secret] })
  const log = JSON.stringify(await store.read(runId))
  expect([log.includes('hunter2'), JSON.stringify(model.requests).includes('hunter2')]).toEqual([false, false])
  expect(log).toContain('is wrong.')
})

test('a secret that the run names stands in no message that says why a call was not run', async () => {
  const secret = 'hunter2-hunter2'
  const strict = z.strictObject({ day: z.number() })
  const book = tool({ name: 'book', description: 'd', parameters: strict, effect: 'pure', execute: () => 1 })
  const model = scriptedModel([callsTools(['book', { [secret]: 1 }], [secret, {}]), says('Done.')])
  const { messages } = await run(agent({ model, tools: [book] }), 'Book it', { secrets: [secret] })
  const told = messages.filter(({ role }) => role === 'tool').map(({ content }) => JSON.stringify(content))
  expect(told).toEqual([expect.stringContaining('***'), expect.stringContaining('***')])
  expect(told.join()).not.toContain('hunter2')
})
