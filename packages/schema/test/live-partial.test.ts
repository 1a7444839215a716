/** The live tree of a rewritten value: the form of the user's schema while the text arrives. */

import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { wireSchema } from '../src/index.ts'
import { descriptions, valuesOf } from './random/description.ts'
import { libraries } from './random/libraries.ts'

const order = z.object({
  id: z.int(),
  note: z.string().optional(),
  sizes: z.record(z.string(), z.int()),
  lines: z.array(z.object({ sku: z.string(), count: z.int().nullish(), at: z.date().optional() })),
})

/** The different states of the live tree, one for each that the text shows. */
function states(schema: z.ZodType, value: unknown): unknown[] {
  const wire = wireSchema(schema)
  const partial = wire.partial()
  const seen: unknown[] = []
  for (const unit of JSON.stringify(wire.encode(value))) {
    const state = JSON.parse(JSON.stringify(partial.push(unit) ?? null))
    if (!isDeepStrictEqual(state, seen.at(-1))) seen.push(state)
  }
  return seen
}

test('absent fields never appear, a record appears when it is complete, dates are text', () => {
  const value = { id: 1, sizes: { L: 2 }, lines: [{ sku: 'ab', count: null, at: new Date(0) }] }
  const seen = states(order, value)
  expect(seen.slice(0, 7)).toEqual([
    {},
    { id: 1 },
    { id: 1, sizes: { L: 2 } },
    { id: 1, sizes: { L: 2 }, lines: [] },
    { id: 1, sizes: { L: 2 }, lines: [{}] },
    { id: 1, sizes: { L: 2 }, lines: [{ sku: '' }] },
    { id: 1, sizes: { L: 2 }, lines: [{ sku: 'a' }] },
  ])
  expect(seen.at(-1)).toEqual({
    id: 1,
    sizes: { L: 2 },
    lines: [{ sku: 'ab', count: null, at: '1970-01-01T00:00:00.000Z' }],
  })
})

test('the envelope is gone, and its paths are those of the value', () => {
  const partial = wireSchema(z.array(z.string())).partial()
  partial.push('{"value":["a","b')
  expect(partial.value).toEqual(['a', 'b'])
  expect([partial.closed([0]), partial.closed([1]), partial.closed([])]).toEqual([true, false, false])
  partial.push('"]')
  expect([partial.closed([1]), partial.closed([]), partial.done]).toEqual([true, true, false])
})

test.each(libraries.filter(({ name }) => name === 'JSON Schema' || name === 'valibot'))(
  'of any schema of $name ends in the value itself',
  ({ abilities, build }) => {
    const cases = descriptions(abilities).chain((description) =>
      fc.record({
        description: fc.constant(description),
        value: valuesOf(description),
        size: fc.integer({ min: 1, max: 9 }),
      }),
    )
    fc.assert(
      fc.property(cases, ({ description, value, size }) => {
        const wire = wireSchema(build(description))
        const text = JSON.stringify(wire.encode(value))
        const partial = wire.partial()
        for (let at = 0; at < text.length; at += size) partial.push(text.slice(at, at + size))
        if (!isDeepStrictEqual(partial.end(), value))
          expect({ json: wire.json, text, value: partial.value }).toEqual({ json: wire.json, text, value })
      }),
    )
  },
)
