/** zod/mini. */

import * as z from 'zod/mini'
import { entry } from './entry.ts'

const tree = z.object({
  name: z.string(),
  get children() {
    return z.array(tree)
  },
})

export const zodMini = [
  entry(
    'user',
    z.object({ id: z.int(), name: z.string().check(z.minLength(1)), email: z.optional(z.email()) }),
    { id: 1, name: 'x' },
    { id: 1, name: 'x', email: 'a@example.org' },
  ),
  entry(
    'defaults',
    z.object({ limit: z._default(z.int(), 20), sort: z.optional(z.enum(['asc', 'desc'])) }),
    {},
    { limit: 1, sort: 'asc' },
  ),
  entry(
    'union',
    z.discriminatedUnion('t', [
      z.object({ t: z.literal('a'), x: z.optional(z.string()) }),
      z.object({ t: z.literal('b'), y: z.nullable(z.number()) }),
    ]),
    { t: 'a' },
    { t: 'b', y: null },
  ),
  entry('record and map', z.object({ r: z.record(z.string(), z.number()), m: z.map(z.string(), z.date()) }), {
    r: { a: 1 },
    m: new Map([['x', new Date(0)]]),
  }),
  entry('tree', tree, { name: 'a', children: [{ name: 'b', children: [] }] }),
  entry('root list', z.array(z.nullable(z.string())), ['a', null]),
  entry('nullish', z.object({ a: z.nullish(z.bigint()) }), {}, { a: null }, { a: 1n }),
  entry('transform', z.object({ n: z.pipe(z.string(), z.transform(Number)) }), { n: '5' }),
  entry('described', z.object({ a: z.string().check(z.describe('A letter')) }), { a: 'x' }),
  entry('tuple', z.tuple([z.string(), z.optional(z.set(z.int()))]), ['a'], ['a', new Set([1])]),
]
