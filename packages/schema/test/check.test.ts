/** The small validator against an independent one. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { check } from '../src/check/check.ts'
import { findReference } from '../src/check/find-reference.ts'
import type { JsonSchema } from '../src/index.ts'
import { compiled } from './ajv.ts'

const scalar = fc.oneof(
  fc.constantFrom<unknown>('', 'a', 'ab', 'abc', 'xy', 0, 1, 2, 2.5, -1, true, null),
  fc.integer({ min: -3, max: 6 }),
)
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'x-a'), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}))

const size = fc.integer({ min: 0, max: 3 })
const { schema } = fc.letrec<{ schema: JsonSchema | boolean }>((tie) => {
  const inner = tie('schema')
  const few = fc.array(inner, { minLength: 1, maxLength: 3 })
  const name = fc.constantFrom('a', 'b', 'c')
  const keywords: Record<string, fc.Arbitrary<unknown>> = {
    type: fc.oneof(
      fc.constantFrom('string', 'number', 'integer', 'boolean', 'null', 'array', 'object'),
      fc.constant(['string', 'null']),
    ),
    enum: fc.array(value, { minLength: 1, maxLength: 3 }),
    const: value,
    minLength: size,
    maxLength: size,
    pattern: fc.constantFrom('^a', 'b$', 'a+b?', '^(ab|x)[a-y]*$', '^.{1,2}$', '\\w\\d'),
    minimum: size,
    maximum: size,
    exclusiveMinimum: size,
    exclusiveMaximum: size,
    multipleOf: fc.constantFrom(1, 2, 0.5),
    minItems: size,
    maxItems: size,
    uniqueItems: fc.boolean(),
    items: inner,
    prefixItems: few,
    // ajv drops a contains that says nothing, so these say something
    contains: fc.constantFrom({ type: 'string' }, { const: 1 }, { enum: ['a', null] }),
    properties: fc.dictionary(name, inner, { maxKeys: 3, noNullPrototype: true }),
    required: fc.uniqueArray(name, { maxLength: 2 }),
    additionalProperties: inner,
    patternProperties: fc.dictionary(fc.constantFrom('^x-', 'a|b'), inner, { maxKeys: 1, noNullPrototype: true }),
    propertyNames: inner,
    dependentRequired: fc.dictionary(name, fc.uniqueArray(name, { maxLength: 2 }), {
      maxKeys: 1,
      noNullPrototype: true,
    }),
    minProperties: size,
    maxProperties: size,
    allOf: few,
    anyOf: few,
    oneOf: few,
    not: inner,
    if: inner,
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    then: inner,
    else: inner,
    $ref: fc.constant('#/$defs/one'),
  }
  return {
    schema: fc.oneof(
      { maxDepth: 3 },
      fc.boolean(),
      fc.subarray(Object.keys(keywords), { minLength: 1, maxLength: 3 }).chain((names) =>
        fc.record(Object.fromEntries(names.map((keyword) => [keyword, keywords[keyword] ?? fc.constant(1)])), {
          noNullPrototype: true,
        }),
      ),
    ),
  }
})

/** ajv 8.20 takes an empty list for one that contains something, where `prefixItems` asks for anything. */
function ajvErrs(inside: unknown): boolean {
  if (typeof inside !== 'object' || inside === null) return false
  const { contains, prefixItems } = inside as JsonSchema
  if (contains !== undefined && Array.isArray(prefixItems)) return true
  return Object.values(inside).some(ajvErrs)
}

test.each([
  [[], false],
  [[1], false],
  [['a'], false],
  [[1, 'a'], true],
  [[1, 2, 'a'], true],
])('a list of which the first and any other are asked for: %j', (given, fits) => {
  const schema: JsonSchema = { prefixItems: [{ type: 'number' }], contains: { type: 'string' } }
  expect(check(schema, given, () => undefined).length === 0).toBe(fits)
})

test('says of any value under any schema what ajv says', () => {
  const roots = fc.record({
    body: schema,
    one: fc.constantFrom<JsonSchema>({ type: 'string' }, { type: 'array', items: { $ref: '#/$defs/one' } }),
  })
  fc.assert(
    fc.property(roots, fc.array(value, { minLength: 1, maxLength: 5 }), ({ body, one }, values) => {
      const root = { allOf: [body], $defs: { one } } as JsonSchema
      fc.pre(!ajvErrs(root))
      const validate = compiled(root)
      for (const given of values) {
        const issues = check(root, given, (reference) => findReference(root, reference))
        if ((issues.length === 0) !== validate(given))
          expect({ root, given, issues }).toEqual({ root, given, errors: validate.errors })
      }
    }),
  )
})
