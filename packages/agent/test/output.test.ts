import { callsTool, refuses, says, scriptedModel } from '@pawl/testing'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { agent, run } from '../src/index.ts'
import { weather } from './tools.ts'

const output = z.object({ degrees: z.number(), at: z.string().transform((text) => new Date(text)) })
const good = '{"degrees":4,"at":"2026-01-01T00:00:00Z"}'
const value = { degrees: 4, at: new Date('2026-01-01T00:00:00Z') }

test('the final answer is the typed value, and the shape is asked for beside the tools', async () => {
  const model = scriptedModel([callsTool('weather', { city: 'Oslo' }), says(good)])
  const result = await run(agent({ model, tools: [weather], output }), 'Weather?')
  expect(result).toMatchObject({ status: 'done', output: value, text: good })
  expect(model.requests.map(({ response_format }) => response_format?.type)).toEqual(['json_schema', 'json_schema'])
})

test('an answer of another shape is asked for again, twice, and then the run stops', async () => {
  const mended = await run(agent({ model: scriptedModel([says('4 degrees'), says(good)]), output }), 'Weather?')
  expect(mended).toMatchObject({ status: 'done', output: value, steps: 2 })
  const wrong = scriptedModel([says('a'), says('b'), says('c')])
  const stopped = await run(agent({ model: wrong, output }), 'Weather?')
  expect(stopped).toMatchObject({ status: 'stopped', stoppedBy: { limit: 'output' }, text: 'c', steps: 3 })
  expect('output' in stopped).toBe(false)
})

test('a refusal is no output, and text for an agent without one', async () => {
  const typed = await run(agent({ model: scriptedModel([refuses('No.')]), output }), 'Weather?')
  expect(typed).toMatchObject({ status: 'stopped', stoppedBy: { limit: 'refused' }, text: 'No.' })
  const plain = await run(agent({ model: scriptedModel([refuses('No.')]) }), 'Weather?')
  expect(plain).toMatchObject({ status: 'done', output: 'No.' })
})

test('a stopped run carries the output where the last answer is valid', async () => {
  const model = scriptedModel([callsTool('weather', { city: 'Oslo' }), says(good)])
  const result = await run(agent({ model, tools: [weather], output, limits: { steps: 2 } }), 'Weather?')
  expect(result).toMatchObject({ status: 'stopped', stoppedBy: { limit: 'steps', allowed: 2 }, output: value })
})

test('an empty answer is asked for again once', async () => {
  const model = scriptedModel([says(''), says('Hi.')])
  expect(await run(agent({ model }), 'Hello')).toMatchObject({ status: 'done', text: 'Hi.' })
  const silent = scriptedModel([says(''), says(' ')])
  expect(await run(agent({ model: silent }), 'Hello')).toMatchObject({ stoppedBy: { limit: 'empty' } })
})
