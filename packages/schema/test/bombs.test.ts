/** S02: schemas from other servers that are made to hang or to fill the memory. */

import { expect, test } from 'vitest'
import { type JsonSchema, type Schema, SchemaError, wireSchema } from '../src/index.ts'

const doubling = (keyword: 'anyOf' | 'allOf' | 'oneOf', levels: number): JsonSchema => ({
  type: 'object',
  properties: { a: { $ref: '#/$defs/d0' } },
  $defs: Object.fromEntries(
    Array.from({ length: levels }, (_, level) => {
      const next = level + 1 < levels ? { $ref: `#/$defs/d${level + 1}` } : { type: 'string' }
      return [`d${level}`, { [keyword]: [next, next] }]
    }),
  ),
})

const bombs: readonly (readonly [string, Schema])[] = [
  ['30 doublings by anyOf', doubling('anyOf', 30)],
  ['30 doublings by oneOf', doubling('oneOf', 30)],
  ['30 doublings by allOf', doubling('allOf', 30)],
  ['a reference to itself', { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/a' } } }],
  [
    'a choice of itself',
    { $ref: '#/$defs/a', $defs: { a: { anyOf: [{ $ref: '#/$defs/a' }, { $ref: '#/$defs/a' }] } } },
  ],
  ['all of itself', { $ref: '#/$defs/a', $defs: { a: { allOf: [{ $ref: '#/$defs/a' }, { type: 'string' }] } } }],
  [
    '500 levels',
    Array.from({ length: 500 }).reduce<JsonSchema>((items) => ({ type: 'array', items }), { type: 'string' }),
  ],
  [
    '50,000 choices in each other',
    Array.from({ length: 50_000 }).reduce<JsonSchema>((inner) => ({ anyOf: [inner, { type: 'null' }] }), {
      type: 'string',
    }),
  ],
  [
    'a product of choices',
    {
      allOf: Array.from({ length: 12 }, () => ({
        anyOf: Array.from({ length: 4 }, (_, at) => ({
          type: 'object',
          properties: { [`p${at}`]: { type: 'string' } },
        })),
      })),
    },
  ],
  [
    '20,000 options',
    {
      anyOf: Array.from({ length: 20_000 }, (_, at) => ({
        type: 'object',
        properties: { [`p${at}`]: { type: 'string' } },
      })),
    },
  ],
  ['patterns that backtrack', { type: 'object', properties: { a: { type: 'string', pattern: '^(a+)+$' } } }],
]

test.each(bombs)('%s: refused, or compiled and decoded', (_, schema) => {
  for (const strict of [true, false]) {
    try {
      const wire = wireSchema(schema, { strict })
      for (const value of [{ a: `${'a'.repeat(5000)}!` }, { value: 1 }, { value: null }]) wire.decode(value)
      expect(JSON.stringify(wire.json).length).toBeLessThan(10_000_000)
    } catch (error) {
      expect(error).toBeInstanceOf(SchemaError)
    }
  }
})
