/** Twelve schemas that strict servers refuse, what goes over the wire in their place, and the value that comes back. */

import { type Schema, wireSchema } from '@pawl/schema'
import { z } from 'zod'

const Comment = z.object({
  text: z.string(),
  get replies() {
    return z.array(Comment)
  },
})

const hard: readonly (readonly [title: string, schema: Schema, value: unknown])[] = [
  ['optional fields', z.object({ city: z.string(), day: z.iso.date().optional() }), { city: 'Oslo' }],
  ['null beside absence', z.object({ nickname: z.string().nullish() }), {}],
  ['a record', z.object({ prices: z.record(z.string(), z.number()) }), { prices: { tea: 4.5 } }],
  ['a tuple with a rest', z.object({ path: z.tuple([z.string()], z.int()) }), { path: ['start', 1, 2] }],
  ['a list at the root', z.array(z.string()), ['a', 'b']],
  [
    'a union at the root',
    z.discriminatedUnion('op', [
      z.object({ op: z.literal('add'), n: z.int() }),
      z.object({ op: z.literal('undo'), steps: z.int().optional() }),
    ]),
    { op: 'undo' },
  ],
  ['a date or a text', z.object({ when: z.union([z.date(), z.string()]) }), { when: new Date(0) }],
  [
    'a map and a set',
    z.object({ scores: z.map(z.string(), z.bigint()), tags: z.set(z.string()) }),
    { scores: new Map([['kari', 5n]]), tags: new Set(['new']) },
  ],
  ['an intersection', z.object({ id: z.string() }).and(z.object({ note: z.string().min(2).optional() })), { id: 'x' }],
  ['a recursive schema', Comment, { text: 'hi', replies: [{ text: 'ho', replies: [] }] }],
  ['a loose object', z.looseObject({ id: z.string() }), { id: 'x', more: [1, null] }],
  [
    'a transform and a default',
    z.object({ port: z.string().transform(Number), host: z.string().default('::1') }),
    { port: '80' },
  ],
]

for (const [title, schema, value] of hard) {
  const wire = wireSchema<Schema>(schema)
  const sent = wire.encode(value)
  console.log(`\n${title}\n  schema   ${JSON.stringify(wire.json)}\n  the wire ${JSON.stringify(sent)}`)
  console.log('  decoded ', wire.decode(sent))
}
