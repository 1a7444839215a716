/** What the compiler knows of a schema's values. */

import { toStandardJsonSchema } from '@valibot/to-json-schema'
import { type } from 'arktype'
import * as v from 'valibot'
import { expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import { z as z3 } from 'zod3'
import { type DeepPartial, type Input, type Output, wireSchema } from '../src/index.ts'
import { fromZod3 } from '../src/zod3.ts'

test('values have the types of their schema, in every library', () => {
  const zod = wireSchema(z.object({ n: z.string().transform(Number), d: z.date().optional() }))
  expectTypeOf(zod.encode).parameter(0).toEqualTypeOf<{ n: string; d?: Date | undefined }>()
  const decoded = zod.decode({ n: '5' })
  if (decoded.ok) expectTypeOf(decoded.value).toEqualTypeOf<{ n: number; d?: Date | undefined }>()

  expectTypeOf(wireSchema(fromZod3(z3.object({ a: z3.number().default(1) }))).encode)
    .parameter(0)
    .toEqualTypeOf<{ a?: number | undefined }>()
  expectTypeOf(wireSchema(toStandardJsonSchema(v.object({ a: v.string() }))).encode)
    .parameter(0)
    .toEqualTypeOf<{ a: string }>()
  expectTypeOf(wireSchema(type({ 'a?': 'string' })).encode)
    .parameter(0)
    .toEqualTypeOf<{ a?: string }>()
})

test('a plain JSON Schema gives unknown', () => {
  const schema = { type: 'object' }
  expectTypeOf<Output<typeof schema>>().toEqualTypeOf<unknown>()
  expectTypeOf<Input<typeof schema>>().toEqualTypeOf<unknown>()
})

test('a partial value may lack anything, at every depth', () => {
  expectTypeOf<DeepPartial<{ a: { b: string }[]; d: Date }>>().toEqualTypeOf<{
    a?: { b?: string }[]
    d?: Date | undefined
  }>()
})
