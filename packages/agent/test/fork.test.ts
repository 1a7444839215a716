import { callsTool, says, scriptedModel } from '@pawl/testing'
import { expect, test } from 'vitest'
import { agent, fork, memoryStore, resume, run } from '../src/index.ts'
import { weather } from './tools.ts'

async function recorded() {
  const store = memoryStore()
  const model = scriptedModel([callsTool('weather', { city: 'Oslo' }), says('Take a coat.')])
  const { runId } = await run(agent({ model, tools: [weather] }), 'A coat?', { store })
  const events = await store.read(runId)
  return { store, runId, events, at: events.findIndex(({ type }) => type === 'tool.done') }
}

test('a fork goes on from a step of another run, which stays as it was', async () => {
  const { store, runId, events, at } = await recorded()
  const other = await fork(store, runId, { at })
  const model = scriptedModel([says('No coat.')])
  const result = await resume(agent({ model, tools: [weather] }), other, { store })
  expect(result).toMatchObject({ runId: other, status: 'done', text: 'No coat.', steps: 2 })
  expect(await store.read(runId)).toEqual(events)
  expect((await store.read(other))[0]).toMatchObject({ forked: { runId, at }, runId: other, at: 0 })
})

test('what a fork changes is what the model sees', async () => {
  const { store, runId, at } = await recorded()
  const change = (messages: readonly { role: string }[]) =>
    messages.map((message) => (message.role === 'tool' ? { ...message, content: 'Oslo: 30 degrees' } : message))
  const other = await fork(store, runId, { at, change: change as never })
  const model = scriptedModel([says('No coat.')])
  await resume(agent({ model, tools: [weather] }), other, { store })
  expect(model.requests[0]?.messages.at(-1)).toMatchObject({ role: 'tool', content: 'Oslo: 30 degrees' })
})

test('a place in the middle of a step, and a run that is not there, are refused', async () => {
  const { store, runId, at } = await recorded()
  await expect(fork(store, runId, { at: at - 1 })).rejects.toMatchObject({ code: 'run_ended', runId })
  await expect(fork(store, 'nobody', { at: 0 })).rejects.toMatchObject({ code: 'run_unknown' })
})
