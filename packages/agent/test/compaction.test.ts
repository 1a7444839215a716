import { ApiError, type Message } from '@pawl/client'
import { callsTool, fails, says, scriptedModel, type Turn } from '@pawl/testing'
import { expect, test } from 'vitest'
import { agent, type Compaction, memoryStore, run } from '../src/index.ts'
import { problemsOf } from './messages.ts'
import { weather } from './tools.ts'

const calls = (count: number): Turn[] =>
  Array.from({ length: count }, (_, at) => callsTool('weather', { city: `City ${at}` }))

async function play(turns: readonly Turn[], compaction?: Compaction) {
  const model = scriptedModel(turns)
  const store = memoryStore()
  const result = await run(agent({ model, tools: [weather], compaction }), 'Every city?', { store })
  return { result, requests: model.requests, log: await store.read(result.runId) }
}

const overflow = new ApiError({
  status: 400,
  server: { message: "This model's maximum context length is 8192 tokens", code: 'context_length_exceeded' },
  body: '',
})

test('a history above its bound is made shorter before the call: the task and the last steps stay, pairs stay whole', async () => {
  const { result, requests, log } = await play([...calls(5), says('All seen.')], { above: 60, keep: 2 })
  expect(result).toMatchObject({ status: 'done', text: 'All seen.' })
  const compacted = log.filter(({ type }) => type === 'history.compacted')
  expect(compacted.length).toBeGreaterThan(0)
  for (const { messages } of requests) {
    expect(problemsOf(messages)).toEqual([])
    expect(messages[0]).toEqual({ role: 'user', content: 'Every city?' })
  }
  expect(requests.at(-1)?.messages.length).toBeLessThan(11)
})

test('a summary stands in the place of what is dropped', async () => {
  const dropped: (readonly Message[])[] = []
  const summarise = (messages: readonly Message[]) => {
    dropped.push(messages)
    return `${messages.length} messages`
  }
  const { requests } = await play([...calls(4), says('All seen.')], { above: 60, keep: 1, summarise })
  expect(requests.at(-1)?.messages[1]).toEqual({
    role: 'user',
    content: `What happened before, in short:\n${dropped.at(-1)?.length} messages`,
  })
})

test('an overflow that the server tells is answered with a shorter history, and the step is tried again', async () => {
  const { result, requests, log } = await play([...calls(6), fails(overflow), says('All seen.')])
  expect(result).toMatchObject({ status: 'done', text: 'All seen.', steps: 7 })
  expect(requests.at(-1)?.messages.length).toBeLessThan(requests.at(-2)?.messages.length ?? 0)
  expect(log.find(({ type }) => type === 'history.compacted')).toMatchObject({ reason: 'overflow' })
})

test('an overflow with nothing to drop is the error that it is', async () => {
  await expect(run(agent({ model: scriptedModel([fails(overflow)]) }), 'Hi')).rejects.toBe(overflow)
})
