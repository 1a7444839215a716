import { agent, run } from '@pawl/agent'
import { answers, says, scriptedModel } from '@pawl/testing'
import { expect, test } from 'vitest'
import { prices } from '../src/index.ts'

const usage = (prompt: number, completion: number, cached = 0) => ({
  prompt_tokens: prompt,
  completion_tokens: completion,
  total_tokens: prompt + completion,
  prompt_tokens_details: { cached_tokens: cached },
})

test.each([
  ['gpt-4o', usage(1_000_000, 0), 2.5],
  ['gpt-4o', usage(0, 1_000_000), 10],
  ['gpt-4o', usage(1_000_000, 0, 1_000_000), 1.25],
  ['gpt-4o-2024-08-06', usage(1_000_000, 0), 2.5],
  ['gpt-4o', usage(1_000_000, 0, 9_000_000), 1.25],
  ['no-such-model', usage(1, 1), undefined],
  ['constructor', usage(1, 1), undefined],
])('%s costs by its tokens, cached ones less', (model, tokens, cost) => {
  expect(prices().cost(model, tokens)).toEqual(cost)
})

test('a provider has prices and names of its own', () => {
  expect(prices({ provider: 'openrouter' }).cost('openai/gpt-4o', usage(1_000_000, 0))).toBe(2.5)
  expect(prices({ provider: 'openrouter' }).cost('gpt-4o-of-nobody', usage(1, 0))).toBe(undefined)
})

test('prices of your own win, and need no provider', () => {
  const table = prices({ models: { 'gpt-4o': { input: 1, output: 2, cached: 0.5 }, local: { input: 0, output: 0 } } })

  expect(table.cost('gpt-4o', usage(1_000_000, 1_000_000, 500_000))).toBe(2.75)
  expect(table.cost('local', usage(5, 5))).toBe(0)
})

test('a run tells what it cost', async () => {
  const model = scriptedModel([answers({ ...completion(), usage: usage(1_000, 100) })], { id: 'gpt-4o' })
  const { cost } = await run(agent({ model }), 'Hello', { prices: prices(), limits: { cost: 1 } })

  expect(cost).toBeCloseTo(0.0035, 10)
})

test('a limit of cost for a model that has no price is refused at the start', () => {
  const model = scriptedModel([says('Hello.')], { id: 'no-such-model' })
  expect(() => run(agent({ model }), 'Hello', { prices: prices(), limits: { cost: 1 } })).toThrow(
    /price of "no-such-model"/,
  )
})

function completion() {
  const message = { role: 'assistant' as const, content: 'Hello.', refusal: null }
  return {
    id: 'c1',
    object: 'chat.completion' as const,
    created: 0,
    model: 'gpt-4o',
    choices: [{ index: 0, message, finish_reason: 'stop' as const, logprobs: null }],
  }
}
