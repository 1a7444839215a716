import { callsTool, says, scriptedModel } from '@pawl/testing'
import { type ToolContext, tool } from '@pawl/tools'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { agent, memoryStore, run } from '../src/index.ts'
import { weather } from './tools.ts'

test('messages of a result are the input of the next run, and leave the instructions out', async () => {
  const model = scriptedModel([says('Take a coat.'), says('There too.')])
  const assistant = agent({ model, instructions: 'Be short.' })
  const { messages } = await run(assistant, 'Oslo?')
  expect(messages).toEqual([
    { role: 'user', content: 'Oslo?' },
    { role: 'assistant', content: 'Take a coat.' },
  ])
  await run(assistant, [...messages, { role: 'user', content: 'And Bergen?' }])
  expect(model.requests[1]?.messages).toEqual([
    { role: 'system', content: 'Be short.' },
    ...messages,
    { role: 'user', content: 'And Bergen?' },
  ])
})

test('a run after another sees its conversation, and its own log holds only its own part', async () => {
  const store = memoryStore()
  const model = scriptedModel([callsTool('weather', { city: 'Oslo' }), says('Coat.'), says('There too.'), says('Yes.')])
  const assistant = agent({ model, tools: [weather] })
  const first = await run(assistant, 'Oslo?', { store })
  const second = await run(assistant, 'And Bergen?', { store, after: first.runId })
  const third = await run(assistant, 'Sure?', { store, after: second.runId })
  expect(third.messages.map(({ content }) => content)).toEqual([
    ...['Oslo?', null, 'Oslo: 4 degrees', 'Coat.', 'And Bergen?', 'There too.', 'Sure?', 'Yes.'],
  ])
  expect(model.requests[3]?.messages).toEqual(third.messages.slice(0, -1))
  const [started] = await store.read(third.runId)
  expect(started).toMatchObject({ after: second.runId, input: [{ role: 'user', content: 'Sure?' }] })
})

test('a run after one that is not there is refused', async () => {
  const assistant = agent({ model: scriptedModel([]) })
  await expect(run(assistant, 'Hi', { after: 'nobody' })).rejects.toMatchObject({ code: 'run_unknown' })
})

interface Home {
  city: string
}

test('instructions, settings and tools are made for each step, with the context of the run', async () => {
  const where = tool({
    name: 'where',
    description: 'd',
    parameters: z.object({}),
    execute: (_, { context }: ToolContext<Home>) => context.city,
  })
  const model = scriptedModel([callsTool('where', {}), says('In Oslo.')])
  let asked = 0
  const later = {
    tools: () => {
      asked += 1
      return asked > 2 ? [weather] : []
    },
  }
  const assistant = agent({
    model,
    tools: [where, later],
    instructions: ({ context, number }) => `Step ${number} in ${context.city}`,
    modelSettings: ({ number }) => ({ temperature: number / 10 }),
    toolChoice: 'required',
  })
  const { messages } = await run(assistant, 'Where?', { context: { city: 'Oslo' } })
  expect(messages.at(-2)).toMatchObject({ content: 'Oslo' })
  expect(
    model.requests.map(({ messages: [first], temperature, tool_choice, tools }) => ({
      says: first?.content,
      temperature,
      tool_choice,
      tools: tools?.length,
    })),
  ).toEqual([
    { says: 'Step 1 in Oslo', temperature: 0.1, tool_choice: 'required', tools: 1 },
    { says: 'Step 2 in Oslo', temperature: 0.2, tool_choice: undefined, tools: 2 },
  ])
})
