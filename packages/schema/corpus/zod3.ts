/** zod 3, as most code of 2024 has it. */

import { z } from 'zod3'
import { fromZod3 } from '../src/zod3.ts'
import { entry } from './entry.ts'

interface Folder {
  readonly name: string
  readonly folders: readonly Folder[]
}
const folder: z.ZodType<Folder> = z.lazy(() => z.object({ name: z.string(), folders: z.array(folder) }))
const address = z.object({ street: z.string(), city: z.string().optional() })

export const zod3 = [
  entry(
    'user',
    fromZod3(z.object({ id: z.number().int(), name: z.string().min(1), email: z.string().email().optional() })),
    { id: 1, name: 'x' },
    { id: 1, name: 'x', email: 'a@example.org' },
  ),
  entry(
    'nullish',
    fromZod3(z.object({ a: z.string().nullish(), b: z.number().nullable() })),
    { b: null },
    { a: null, b: 1 },
    { a: 'x', b: 1 },
  ),
  entry(
    'default',
    fromZod3(z.object({ limit: z.number().default(20), on: z.boolean().default(true) })),
    {},
    { limit: 1, on: false },
  ),
  entry(
    'discriminated union',
    fromZod3(
      z.discriminatedUnion('t', [
        z.object({ t: z.literal('a'), x: z.string().optional() }),
        z.object({ t: z.literal('b'), y: z.date() }),
      ]),
    ),
    { t: 'a' },
    { t: 'b', y: new Date(0) },
  ),
  entry('record', fromZod3(z.record(z.number())), { a: 1 }, {}),
  entry('record with enum keys', fromZod3(z.record(z.enum(['a', 'b']), z.string())), { a: 'x' }, {}),
  entry('map and set', fromZod3(z.object({ m: z.map(z.string(), z.number()), s: z.set(z.date()) })), {
    m: new Map([['a', 1]]),
    s: new Set([new Date(0)]),
  }),
  entry('tuple', fromZod3(z.tuple([z.string(), z.number()])), ['a', 1]),
  entry('lazy tree', fromZod3(folder), { name: 'a', folders: [{ name: 'b', folders: [] }] }),
  entry(
    'intersection',
    fromZod3(z.object({ a: z.string() }).and(z.object({ b: z.number().optional() }))),
    { a: 'x' },
    { a: 'x', b: 1 },
  ),
  entry('passthrough', fromZod3(z.object({ a: z.string() }).passthrough()), { a: 'x' }, { a: 'x', more: [1] }),
  entry('strict', fromZod3(z.object({ a: z.string().optional() }).strict()), {}, { a: 'x' }),
  entry('the same part twice', fromZod3(z.object({ from: address, to: address, via: z.array(address) })), {
    from: { street: 's' },
    to: { street: 't', city: 'c' },
    via: [],
  }),
  entry(
    'effects',
    fromZod3(
      z.object({
        n: z.string().transform(Number),
        m: z.preprocess((value) => value, z.number()),
        e: z.string().refine((text) => text !== ''),
      }),
    ),
    { n: '5', m: 1, e: 'x' },
  ),
  entry(
    'bigint',
    fromZod3(z.object({ a: z.bigint().nullable(), b: z.union([z.bigint(), z.string()]) })),
    { a: null, b: 1n },
    { a: 5n, b: '1' },
  ),
  entry('native enum', fromZod3(z.nativeEnum({ Red: 'red', Blue: 'blue' } as const)), 'red'),
  entry('any and unknown', fromZod3(z.object({ a: z.any(), b: z.unknown() })), { a: 1, b: { c: null } }),
  entry(
    'branded, read only, caught',
    fromZod3(z.object({ a: z.string().brand('A'), b: z.array(z.string()).readonly(), c: z.number().catch(0) })),
    { a: 'x', b: ['y'], c: 1 },
  ),
]
