/** What is told without the library is what the library would have said. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { z as mini } from 'zod/mini'
import { parseJson, type Schema, type WireSchema, wireSchema } from '../src/index.ts'
import { zodKeeps } from '../src/read/zod-keeps.ts'
import type { $ZodType } from '../src/zod4.ts'
import { descriptions, valuesOf } from './random/description.ts'
import { libraries } from './random/libraries.ts'

/** The value with the order of its keys, or the issues, or the error. */
function outcome(decode: () => { ok: true; value: unknown } | { ok: false; issues: unknown }): unknown {
  try {
    const decoded = decode()
    return decoded.ok ? { value: decoded.value, keys: keysOf(decoded.value) } : { issues: decoded.issues }
  } catch (error) {
    return { error: String(error) }
  }
}

function keysOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return Object.is(value, -0) ? '-0' : 0
  return Reflect.ownKeys(value).map((key) => [key, keysOf(Reflect.get(value, key))])
}

function isFrozen(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  return Object.isFrozen(value) && Object.values(value).every(isFrozen)
}

function expectAgreement(wire: WireSchema<unknown, any>, text: string): void {
  const decoded = outcome(() => wire.decodeText(text))
  const asked = outcome(() => wire.decode(parseJson(text)))
  expect({ schema: wire.json, text, decoded }).toEqual({ schema: wire.json, text, decoded: asked })
  if (!('value' in (asked as object))) return
  const again = wire.decodeText(text)
  expect(again.ok && (again.frozen !== true || isFrozen(again.value))).toBe(true)
}

/** JSON that schemas like to look at twice. */
const odd = fc.constantFrom(
  ...['1e999', '-0', '9007199254740993', '0.1', '1', '2', '8.1', 'null', 'true', '[]', '{}', '["x","y","x"]'],
  ...['""', '"x"', '"ab"', '" AB"', '"😀"', '"2026-02-30"', '"2026-01-02"', '"HTTP://a.b"', '{"prototype":"ab"}'],
)

/** Changes one place of a JSON text: another value, another order of keys, a key more, a key less, a key twice. */
const changes = fc.record({
  how: fc.constantFrom('nothing', 'value', 'value', 'value', 'order', 'more', 'less', 'proto', 'twice'),
  at: fc.nat(),
  by: fc.oneof(
    { arbitrary: odd, weight: 3 },
    fc.jsonValue({ maxDepth: 1 }).map((value) => JSON.stringify(value)),
  ),
})

function changed(text: string, { how, at, by }: { how: string; at: number; by: string }): string {
  let count = 0
  const places = /"(?:[^"\\]|\\.)*"(?=\s*:)|[{}]|"(?:[^"\\]|\\.)*"|[\d.eE+-]+|true|false|null/g
  const total = text.match(places)?.length ?? 1
  if (how === 'order' && !text.includes('1e999')) return JSON.stringify(reversed(JSON.parse(text)))
  return text.replace(places, (token, offset: number) => {
    if (count++ !== at % total) return token
    const isKey = /^\s*:/.test(text.slice(offset + token.length))
    const isEmpty = text[offset + 1] === '}'
    if (how === 'value' && !isKey && token !== '{' && token !== '}') return by
    if (how === 'more' && token === '{') return `{"more":${by}${isEmpty ? '' : ','}`
    if (how === 'proto' && token === '{') return `{"__proto__":${by}${isEmpty ? '' : ','}`
    if (how === 'less' && isKey) return '"less"'
    if (how === 'twice' && isKey) return `${token}:${by},${token}`
    return token
  })
}

function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, reversed(inner)])
      .reverse(),
  )
}

describe.each(libraries.slice(0, 2))('any schema of $name', ({ abilities, build }) => {
  const cases = descriptions(abilities).chain((description) =>
    fc.record({ description: fc.constant(description), value: valuesOf(description), change: changes }),
  )

  test.each([true, false])('decodes text as it decodes values, whatever is wrong with them (strict: %s)', (strict) => {
    fc.assert(
      fc.property(cases, ({ description, value, change }) => {
        const wire = wireSchema(build(description), { strict })
        expectAgreement(wire, changed(JSON.stringify(wire.encode(value)), change))
      }),
    )
  })
})

const leaf = z.string().min(2)
/** A kind of schema that a user made out of one of zod's. */
const Loud = z.core.$constructor<z.core.$ZodString>('Loud', (schema, def: z.core.$ZodStringDef) => {
  z.core.$ZodString.init(schema, def)
  schema._zod.parse = (payload) => Object.assign(payload, { value: `${payload.value}!` })
})
const loud = new Loud({ type: 'string' }) as unknown as z.ZodType
const patched = z.string()
patched._zod.run = (payload) => Object.assign(payload, { value: 'patched' })

const sometimes = z.minLength(3)
sometimes._zod.def.when = ({ value }) => value !== 'x'

/** Schemas with finer points, each with a text in which most of them change nothing. */
const judged: Readonly<Record<string, readonly [z.ZodType | mini.ZodMiniType, string]>> = {
  int: [z.object({ a: z.int(), b: z.number() }), '{"a":1,"b":2}'],
  bounds: [z.object({ a: z.number().min(1).lt(9).multipleOf(0.1) }), '{"a":2}'],
  float32: [z.object({ a: z.float32() }), '{"a":2}'],
  lengths: [
    z.object({ a: z.string().min(2).max(3), b: z.array(z.string()).min(1).max(2), c: z.string().length(1) }),
    '{"a":"ab","b":["x"],"c":"x"}',
  ],
  formats: [
    z.object({ a: z.email(), b: z.iso.date(), c: z.uuid(), d: z.ipv6(), e: z.base64(), f: z.jwt() }).partial(),
    '{"a":"a@b.co","b":"2026-01-02","d":"::1","e":"YQ=="}',
  ],
  url: [z.object({ a: z.url({ normalize: true }) }), '{"a":"http://a.b/"}'],
  global: [z.object({ a: z.string().regex(/x/g), b: z.string().regex(/x/y) }), '{"a":"x","b":"x"}'],
  parts: [z.object({ a: z.string().startsWith('a').includes('b').endsWith('b').lowercase() }), '{"a":"ab"}'],
  default: [
    z.object({ a: z.string().default('x'), b: z.string().default('x').optional(), c: z.int().prefault(4) }),
    '{"a":"ab","b":"ab","c":1}',
  ],
  nullish: [
    z.object({ a: z.string().nullish(), b: z.string().default('x').nullable().optional(), c: z.null() }),
    '{"a":null,"b":"ab","c":null}',
  ],
  exact: [z.object({ a: z.string().exactOptional(), b: z.string().optional(), c: z.string() }), '{"a":"","c":""}'],
  strict: [z.strictObject({ a: leaf, b: leaf }), '{"a":"ab","b":"ab"}'],
  loose: [z.looseObject({ a: leaf, b: leaf }), '{"a":"ab","b":"ab"}'],
  catchall: [z.object({ a: leaf }).catchall(z.number()), '{"a":"ab"}'],
  refined: [
    z.object({ a: z.string().refine((text) => text !== 'x') }).refine(({ a }) => a !== '2026-01-02'),
    '{"a":"ab"}',
  ],
  format: [z.object({ a: z.stringFormat('ab', (text) => text !== 'x') }), '{"a":"ab"}'],
  changed: [
    z.object({ a: z.string().trim().toLowerCase(), b: z.string().transform((text) => text.length) }),
    '{"a":"ab","b":"ab"}',
  ],
  coerced: [z.object({ a: z.coerce.string(), b: z.coerce.number(), c: z.stringbool() }), '{"a":"x","b":1,"c":"yes"}'],
  caught: [z.object({ a: z.string().catch('x'), b: z.array(z.string()).readonly() }), '{"a":"ab","b":[]}'],
  union: [z.object({ a: z.union([z.strictObject({ b: leaf }), z.object({ b: leaf, c: leaf })]) }), '{"a":{"b":"ab"}}'],
  values: [
    z.object({ a: z.enum({ A: 1, B: 'b' }), b: z.literal(['x', 2, null]), c: z.array(z.enum(['x'])) }),
    '{"a":1,"b":null,"c":["x"]}',
  ],
  bare: [z.array(z.strictObject({ a: leaf })), '{"value":[{"a":"ab"},{"a":"ab"}]}'],
  prototypes: [
    z.object({ constructor: z.object({ prototype: z.string().optional() }).optional(), a: leaf.optional() }),
    '{"constructor":{"prototype":"ab"},"a":"ab"}',
  ],
  symbol: [z.object({ a: leaf, [Symbol('b')]: leaf }), '{"a":"ab"}'],
  numbered: [z.object({ b: leaf, 1: leaf, 0: leaf }), '{"0":"ab","1":"ab","b":"ab"}'],
  compiled: [z.compile(z.object({ a: leaf, b: z.int() })), '{"a":"ab","b":1}'],
  patched: [z.object({ a: patched }), '{"a":"ab"}'],
  derived: [z.object({ a: loud }), '{"a":"ab"}'],
  when: [z.object({ a: z.string().check(sometimes) }), '{"a":"x"}'],
  mini: [mini.object({ a: mini.string().check(mini.minLength(2)), b: mini.optional(mini.int()) }), '{"a":"ab","b":1}'],
  within: [
    z.object({ a: z.object({ b: z.array(z.object({ c: z.boolean(), d: leaf.optional() })) }), e: leaf.nullable() }),
    '{"a":{"b":[{"c":true},{"c":false,"d":"ab"}]},"e":null}',
  ],
}

test.each(Object.entries(judged))(
  'a schema with finer points decodes text as it decodes values: %s',
  (_, [schema, text]) => {
    const wires = [true, false].map((strict) => wireSchema(schema as Schema, { strict }))
    fc.assert(
      fc.property(fc.array(changes, { maxLength: 2 }), (some) => {
        for (const wire of wires) expectAgreement(wire, some.reduce(changed, text))
      }),
    )
  },
)

const simple = wireSchema(
  z.object({ a: z.number(), b: z.array(z.enum(['x', 'y'])), c: z.string().min(1).optional() }),
  { strict: false },
)

test.each(['{"a":0,"b":["x"],"c":"z"}', '{"a":-0,"b":[]}'])('%s comes frozen, and the schema is not asked', (text) => {
  expect(simple.decodeText(text)).toEqual({ ok: true, value: JSON.parse(text), frozen: true })
})

test.each([
  '{"b":[],"a":0}',
  '{"a":0,"b":[],"d":0}',
  '{"a":1e999,"b":[]}',
  '{"a":0,"b":{}}',
  '{"a":0}',
  '{"a":0,"b":[],"c":""}',
])('the schema is asked about %s', (text) => {
  expect(simple.decodeText(text)).not.toHaveProperty('frozen')
  expectAgreement(simple, text)
})

test.each(['refined', 'format', 'changed', 'coerced', 'caught', 'union', 'compiled', 'patched', 'derived'])(
  'the schema is always asked where more than its form has a say: %s',
  (name) => {
    expect(zodKeeps(judged[name]?.[0] as unknown as $ZodType)).toBeUndefined()
  },
)

test('a schema that holds itself is asked', () => {
  const node = z.object({
    text: z.string(),
    get inner() {
      return z.array(node)
    },
  })
  expect(zodKeeps(node as unknown as $ZodType)).toBeUndefined()
  expectAgreement(wireSchema(node), '{"text":"","inner":[{"text":"","inner":[]}]}')
})

test('what an application hangs on all objects passes for no field', () => {
  const hung = Object.prototype as { c?: unknown }
  hung.c = 'z'
  try {
    for (const text of ['{"a":0,"b":[]}', '{"b":[],"a":0}', '{"a":0,"b":[],"c":"y"}']) expectAgreement(simple, text)
  } finally {
    delete hung.c
  }
})
