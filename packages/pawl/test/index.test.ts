import { callsTool, says, scriptedModel } from '@pawl/testing'
import { agent, chat, createClient, extract, fork, replay, resume, run, tool, wireSchema } from 'pawl'
import { expect, test } from 'vitest'
import { z } from 'zod'

test('one import gives the whole program of the first page', async () => {
  const weather = tool({
    name: 'weather',
    description: 'Weather of a city today',
    parameters: z.object({ city: z.string() }),
    effect: 'pure',
    execute: ({ city }) => `${city}: 4 degrees, rain`,
  })
  const model = scriptedModel([callsTool('weather', { city: 'Oslo' }), says('Take a coat.')])
  const { text } = await run(agent({ model, tools: [weather] }), 'Do I need a coat in Oslo?')
  expect(text).toBe('Take a coat.')
})

test('every part is there by name', () => {
  const parts = [chat, createClient, extract, fork, replay, resume, wireSchema]
  expect(parts.map((part) => typeof part)).toEqual(parts.map(() => 'function'))
})
