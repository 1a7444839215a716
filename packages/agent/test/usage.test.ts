import type { Usage } from '@pawl/client'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBudget } from '../src/limits/budget.ts'
import { addUsage, noUsage } from '../src/limits/usage.ts'

const count = fc.nat({ max: 1_000_000 })
const usage: fc.Arbitrary<Usage> = fc
  .record({ prompt: count, answer: count, cached: fc.option(count, { nil: undefined }) })
  .map(({ prompt, answer, cached }) => ({
    prompt_tokens: prompt,
    completion_tokens: answer,
    total_tokens: prompt + answer,
    ...(cached !== undefined && { prompt_tokens_details: { cached_tokens: cached } }),
  }))

test('usages add up the same in any grouping and order', () => {
  fc.assert(
    fc.property(usage, usage, usage, (a, b, c) => {
      expect(addUsage(addUsage(a, b), c)).toEqual(addUsage(a, addUsage(b, c)))
      expect(addUsage(a, b)).toEqual(addUsage(b, a))
      expect(addUsage(noUsage, a)).toEqual(a)
    }),
    { numRuns: 10_000 },
  )
})

test('what a tree of runs takes is the sum of its parts, and a run that is entered twice counts once', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat({ max: 3 }), count), { maxLength: 20 }), (taken) => {
      const root = createBudget({ tokens: 1e9 })
      const children = [0, 1, 2, 3].map(() => createBudget({ tokens: 1e9 }, root))
      for (const [child, tokens] of taken) children[child]?.take(tokens, 0)
      const sum = taken.reduce((total, [, tokens]) => total + tokens, 0)
      expect(root.room('tokens').reached).toBe(sum)
      for (const again of [1, 2]) createBudget({}, root).enter(`r.${again % 1}`, 7, 0)
      expect(root.room('tokens')).toEqual({ left: 1e9 - sum - 7, reached: sum + 7, allowed: 1e9 })
    }),
    { numRuns: 10_000 },
  )
})
