import type { Model } from '@pawl/client'
import { callsTool, says, scriptedModel } from '@pawl/testing'
import { tool } from '@pawl/tools'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { agent, approve, memoryStore, resume, run } from '../../src/index.ts'
import { weather } from '../tools.ts'

test('arguments that a tool can mend run, while the history holds only valid JSON', async () => {
  const model = scriptedModel([callsTool('weather', '{"city":"Oslo",}'), says('Cold.')])
  const { messages } = await run(agent({ model, tools: [weather] }), 'Weather?')
  const [, assistant, answer] = messages
  expect(answer).toMatchObject({ content: expect.stringContaining('Oslo: 4 degrees\n(Note: ') })
  const [call] = assistant?.role === 'assistant' ? (assistant.tool_calls ?? []) : []
  expect(JSON.parse(call?.type === 'function' ? call.function.arguments : '')).toEqual({
    invalid_arguments: '{"city":"Oslo",}',
  })
})

test('a tool that is given up is told as such, the run goes on, and its late end is on record', async () => {
  const release = Promise.withResolvers<string>()
  const ended = Promise.withResolvers<void>()
  const slow = tool({
    name: 'slow',
    description: 'd',
    parameters: z.object({}),
    timeout: 1,
    execute: async () => release.promise,
  })
  const next = async () => {
    release.resolve('late after all')
    await ended.promise
    return says('Gave up.')
  }
  const store = memoryStore()
  const result = await run(agent({ model: scriptedModel([callsTool('slow'), next]), tools: [slow] }), 'Go', {
    store,
    onEvent: (event) => event.type === 'tool.done' && event.late && ended.resolve(),
  })
  expect(result.messages.at(-2)).toMatchObject({ content: expect.stringContaining('may still have happened') })
  const log = await store.read(result.runId)
  expect(log.map(({ type }) => type)).toEqual([
    ...['run.started', 'completion.done', 'tool.started', 'tool.done', 'tool.done', 'completion.done', 'run.done'],
  ])
  expect(log[4]).toMatchObject({ late: true, message: { content: 'late after all' } })
})

test('an abort settles a run whose model does not watch its signal', async () => {
  const deaf: Model = {
    id: 'deaf',
    complete: () => new Promise(() => {}),
    async *stream() {},
  }
  const store = memoryStore()
  const under = run(agent({ model: deaf }), 'Hi', { store })
  under.on('run.started', () => under.abort('enough'))
  await expect(under).rejects.toMatchObject({ code: 'aborted', runId: under.runId, cause: 'enough' })
  expect((await store.read(under.runId)).at(-1)).toMatchObject({ type: 'run.stopped', reason: 'aborted' })
})

test('a limit of money that is given on resume needs a price too', async () => {
  const store = memoryStore()
  const model = scriptedModel([callsTool('weather', { city: 'Oslo' }), says('Cold.')])
  const assistant = agent({ model, tools: [{ ...weather, approval: true }] })
  const { runId, pending } = await run(assistant, 'Weather?', { store })
  await expect(resume(assistant, runId, { store, limits: { cost: 1 } })).rejects.toMatchObject({
    code: 'price_unknown',
    runId,
  })
  expect(await resume(assistant, runId, { store, decisions: pending.map(approve) })).toMatchObject({ status: 'done' })
})
