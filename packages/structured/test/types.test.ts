import { says, scriptedModel } from '@pawl/testing'
import { expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import { extract, extractAll, type parseCompletion } from '../src/index.ts'

const Invoice = z.object({
  at: z.iso.date().transform((day) => new Date(day)),
  lines: z.array(z.object({ n: z.number() })),
})
const model = scriptedModel([says('{}')])

test('a value has the output of the schema, a partial its input, an element the type of the list', async () => {
  const work = extract(model, { schema: Invoice, prompt: 'x' })
  const list = extract(model, { schema: z.array(z.object({ a: z.number() })), prompt: 'x', elements: true })
  const all = extractAll(model, { schema: Invoice, documents: [] })
  type Shown<W> = W extends AsyncIterable<infer P> ? P : never
  expectTypeOf<Awaited<typeof work>['value']>().toEqualTypeOf<z.output<typeof Invoice>>()
  expectTypeOf<Shown<typeof work>['at']>().toEqualTypeOf<string | undefined>()
  expectTypeOf<Shown<typeof list>>().toEqualTypeOf<{ a: number }>()
  expectTypeOf<Extract<Shown<typeof all>, { value: unknown }>['value']>().toEqualTypeOf<z.output<typeof Invoice>>()
  expectTypeOf<ReturnType<typeof parseCompletion<typeof Invoice>>>().toEqualTypeOf<z.output<typeof Invoice>>()
  // @ts-expect-error either a prompt or messages
  extract(model, { schema: Invoice, prompt: 'x', messages: [] })
  // @ts-expect-error one of them
  extract(model, { schema: Invoice })
})
