import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { prepareCall, setOf, textTool, tool } from '../src/index.ts'
import { call, textCall } from './calls.ts'

const weather = tool({
  name: 'weather',
  description: 'Weather of a city',
  parameters: z.object({ city: z.string(), unit: z.enum(['C', 'F']).optional(), days: z.array(z.int()).optional() }),
  effect: 'pure',
  execute: ({ city }) => city,
})
const now = tool({ name: 'now', description: 'The time', parameters: z.object({}), execute: () => 'noon' })
const shell = textTool({ name: 'shell', description: 'Runs text', execute: (input) => input })
const set = setOf([weather, now, shell])

function problem(name: string, args: unknown): unknown {
  const prepared = prepareCall(set, call(name, args))
  return prepared.type === 'answered' ? prepared.result.message.content : prepared.input
}

test('arguments arrive typed, and frozen at every depth', () => {
  const prepared = prepareCall(set, call('weather', { city: 'Oslo', unit: null, days: [1, 2] }))
  expect(prepared).toMatchObject({ type: 'ready', tool: weather, input: { city: 'Oslo', days: [1, 2] } })
  const { input } = prepared as unknown as { input: { days: number[] } }
  expect([Object.isFrozen(input), Object.isFrozen(input.days)]).toEqual([true, true])
})

test.each(['', ' \n', '{}'])('%j stands for no arguments', (text) => {
  expect(problem('now', text)).toEqual({})
})

test('the text of a custom tool is passed on as it came', () => {
  expect(prepareCall(set, textCall('shell', '{"not": json'))).toMatchObject({ type: 'ready', input: '{"not": json' })
})

describe('an unknown tool is told with the tools there are', () => {
  test.each([
    ['wether', 'Did you mean "weather"? The tools are: weather, now, shell.'],
    ['functions.weather', 'The tools are: weather, now, shell.'],
    ['constructor', 'The tools are: weather, now, shell.'],
    ['__proto__', 'The tools are: weather, now, shell.'],
    ['multi_tool_use.parallel', 'The tools are: weather, now, shell.'],
  ])('%s', (name, end) => {
    expect(problem(name, {})).toBe(
      `There is no tool "${name}", and nothing was run.${end.startsWith('Did') ? ' ' : ' '}${end}`,
    )
  })
})

test('a tool called in the form of the other kind is not run', () => {
  expect(problem('shell', {})).toBe('"shell" is a custom tool, and was called as a function tool; nothing was run.')
})

describe('text that is not JSON is told with its place, and never repeated', () => {
  test.each([
    ['{"city": "s3cret', 'at position 9: expected a string with valid escapes and its closing quote'],
    ['{"city": "s3cret"', 'it ends too early: expected "," or "}"'],
    ['{"city": s3cret}', 'at position 9: expected a value'],
    ["{'city': 's3cret'}", 'at position 1: expected a key in double quotes or "}"'],
    ['{"city": "s3cret"} s3cret', 'at position 19: expected the end of the text'],
    ['[,]', 'at position 1: expected a value or "]"'],
  ])('%s', (text, fault) => {
    expect(problem('weather', text)).toBe(
      `The arguments are not valid JSON (${fault}), and nothing was run. Call it again with one whole JSON object.`,
    )
  })
})

describe('only what has one reading is repaired, and the repair is kept for the result', () => {
  test.each([
    ['{"city":"Oslo",}', 'a trailing comma was taken out'],
    ['{"city":"Oslo","days":[1, ] }', 'a trailing comma was taken out'],
    ['```json\n{"city":"Oslo"}\n```', 'a code fence around the arguments was taken off'],
    ['```\n{"city":"Oslo"}', 'a code fence around the arguments was taken off'],
    ['\uFEFF{"city":"Oslo"}', 'a byte order mark was taken off'],
    ['{"city":"Os\nlo"}', 'line breaks inside a string were escaped'],
  ])('%j', (text, repaired) => {
    expect(prepareCall(set, call('weather', text))).toMatchObject({ type: 'ready', repaired })
  })
  test('a comma inside a string stays', () => {
    expect(problem('weather', '{"city":",}",}')).toEqual({ city: ',}' })
  })
})

test('what breaks the schema is told by path, with the values that are allowed', () => {
  const text = problem('weather', { unit: 'K', days: [1, 'two'] })
  expect(text).toContain('city')
  expect(text).toMatch(/unit: .*C.*F/)
  expect(text).toContain('days[1]')
})

describe('keys that reach a prototype are refused', () => {
  test.each([
    '{"city":"Oslo","__proto__":{"polluted":true}}',
    '{"city":"Oslo","days":[{"\\u005f_proto__":{}}]}',
    '{"constructor":{"prototype":{"polluted":true}}}',
  ])('%s', (text) => {
    expect(problem('weather', text)).toBe('The arguments hold a key that is not allowed, and nothing was run.')
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

test('a transform that throws is told without what it said', () => {
  const parameters = z.object({
    key: z.string().transform((key) => {
      throw new Error(`bad ${key}`)
    }),
  })
  const strange = setOf([tool({ name: 'strange', description: 'd', parameters, execute: () => 1 })])
  expect(prepareCall(strange, call('strange', { key: 's3cret' }))).toMatchObject({
    type: 'answered',
    result: { isError: true, message: { content: 'The arguments could not be checked, and nothing was run.' } },
  })
})
