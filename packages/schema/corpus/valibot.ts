/** Valibot, with its converter. */

import { toStandardJsonSchema } from '@valibot/to-json-schema'
import * as v from 'valibot'
import { entry } from './entry.ts'

export const valibot = [
  entry(
    'user',
    toStandardJsonSchema(
      v.object({
        id: v.pipe(v.number(), v.integer()),
        name: v.pipe(v.string(), v.minLength(1)),
        email: v.optional(v.pipe(v.string(), v.email())),
      }),
    ),
    { id: 1, name: 'x' },
    { id: 1, name: 'x', email: 'a@example.org' },
  ),
  entry(
    'nullish',
    toStandardJsonSchema(v.object({ a: v.nullish(v.string()), b: v.nullable(v.number()) })),
    { b: null },
    { a: null, b: 1 },
  ),
  entry('default', toStandardJsonSchema(v.object({ limit: v.optional(v.number(), 20) })), {}, { limit: 1 }),
  entry(
    'variant',
    toStandardJsonSchema(
      v.variant('t', [
        v.object({ t: v.literal('a'), x: v.optional(v.string()) }),
        v.object({ t: v.literal('b'), y: v.boolean() }),
      ]),
    ),
    { t: 'a' },
    { t: 'b', y: true },
  ),
  entry('record', toStandardJsonSchema(v.record(v.string(), v.number())), { a: 1 }, {}),
  entry('strict tuple', toStandardJsonSchema(v.strictTuple([v.string(), v.number()])), ['a', 1]),
  entry('picklist', toStandardJsonSchema(v.picklist(['a', 'b'])), 'a'),
  entry('list', toStandardJsonSchema(v.array(v.object({ n: v.number() }))), [{ n: 1 }], []),
  entry('rest', toStandardJsonSchema(v.objectWithRest({ a: v.string() }, v.number())), { a: 'x' }, { a: 'x', b: 1 }),
  entry('strict object', toStandardJsonSchema(v.strictObject({ a: v.optional(v.string()) })), {}, { a: 'x' }),
  entry(
    'union',
    toStandardJsonSchema(v.union([v.string(), v.object({ a: v.optional(v.number()) })])),
    'x',
    {},
    { a: 1 },
  ),
  entry(
    'described',
    toStandardJsonSchema(v.object({ a: v.pipe(v.string(), v.description('A letter'), v.maxLength(5)) })),
    { a: 'x' },
  ),
]
