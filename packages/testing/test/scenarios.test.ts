import { expect, test } from 'vitest'
import { canaries, leaks } from './scenarios/canaries.ts'
import { differences } from './scenarios/matches.ts'
import { runCase } from './scenarios/run.ts'
import type { Scenario } from './scenarios/scenario.ts'

test.each([
  ['the message', new Error(`Bearer ${canaries.key}`), ['key']],
  ['a cause of a cause', new Error('x', { cause: { cause: new Error(canaries.prompt) } }), ['prompt']],
  [
    'a hidden field',
    Object.defineProperty(new Error('x'), 'request', { value: { headers: [canaries.header] } }),
    ['header'],
  ],
  ['a key of an object', Object.assign(new Error('x'), { [canaries.query]: 1 }), ['query']],
  ['nowhere', new Error('x'), []],
])('a secret in %s of an error is found', (_, error, names) => {
  expect(leaks(error)).toEqual(names)
})

test.each([
  [{ a: 1, b: 2 }, { a: 1 }, 0],
  [{ a: 1 }, { a: 2, b: 3 }, 2],
  ['text', /^te/, 0],
  ['text', /^no/, 1],
  [[1, 2], [1], 1],
  [[1], [(value: number) => value > 1], 1],
  [undefined, { a: 1 }, 1],
])('%j held against %s has %i differences', (actual, expected, count) => {
  expect(differences(actual, expected)).toHaveLength(count)
})

const problems = async (scenario: Partial<Scenario>) => {
  const whole = { id: 'F00', what: 'x', ends: { text: 'Take a coat.' }, requests: 1, ...scenario }
  return (await runCase({ id: 'F00', what: 'x', scenario: whole, call: 'create', transport: 'node' })).problems
}

test('a scenario that does not end as it says is told', async () => {
  expect(await problems({})).toEqual([])
  expect(await problems({ requests: 2 })).toEqual(['the number of requests is 1, not 2'])
  expect(await problems({ script: 'status:400' })).toEqual(['it threw ApiError'])
  expect(await problems({ ends: { error: 'ApiError' } })).toEqual([expect.stringMatching(/^it ended in success/)])
  expect(await problems({ script: 'status:401', ends: { error: 'ApiError', status: 400 } })).toEqual([
    'the class is "AuthenticationError", not "ApiError"',
    'the error.status is 401, not 400',
  ])
})
