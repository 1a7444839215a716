import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import * as mini from 'zod/mini'
import { z as z3 } from 'zod3'
import { type Schema, SchemaError, wireSchema } from '../src/index.ts'
import { fromZod3 } from '../src/zod3.ts'

/** The strict form of one field. */
function field(schema: z.ZodType): unknown {
  return wireSchema(z.object({ it: schema })).json.properties?.['it']
}

const closed = (properties: Record<string, unknown>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
})
const pairs = (value: unknown) => ({ type: 'array', items: closed({ key: { type: 'string' }, value }) })

describe('the strict form', () => {
  test.each<[string, z.ZodType, unknown]>([
    ['optional as nullable', z.string().optional(), { type: ['string', 'null'] }],
    [
      'an optional enum as nullable',
      z.enum(['a', 'b']).optional(),
      { type: ['string', 'null'], enum: ['a', 'b', null] },
    ],
    ['an optional object as one of two', z.object({}).optional(), { anyOf: [closed({}), { type: 'null' }] }],
    [
      'a default in words',
      z.int().default(5).describe('How many'),
      { type: ['integer', 'null'], description: 'How many. Default: 5.' },
    ],
    ['a record as pairs', z.record(z.string(), z.int()), pairs({ type: 'integer' })],
    ['a map as pairs', z.map(z.string(), z.boolean()), pairs({ type: 'boolean' })],
    ['a set as an array', z.set(z.string()), { type: 'array', items: { type: 'string' } }],
    [
      'a tuple as a keyed object',
      z.tuple([z.string(), z.int()]),
      closed({ 0: { type: 'string' }, 1: { type: 'integer' } }),
    ],
    ['a date in a known format', z.date(), { type: 'string', format: 'date-time' }],
    [
      'a discriminated union as anyOf',
      z.discriminatedUnion('t', [z.object({ t: z.literal('a') }), z.object({ t: z.literal('b') })]),
      { anyOf: [closed({ t: { type: 'string', const: 'a' } }), closed({ t: { type: 'string', const: 'b' } })] },
    ],
    [
      'an intersection as one object',
      z.object({ a: z.string() }).and(z.object({ b: z.string() })),
      closed({ a: { type: 'string' }, b: { type: 'string' } }),
    ],
    ['a transform by its input', z.string().transform(Number), { type: 'string' }],
    ['bounds that servers know as they are', z.number().min(1).max(5), { type: 'number', minimum: 1, maximum: 5 }],
    [
      'bounds that they do not know in words',
      z.string().min(2).max(5),
      { type: 'string', description: 'At least 2 characters. At most 5 characters.' },
    ],
    ['a known format without its long pattern', z.email(), { type: 'string', format: 'email' }],
    ['an unknown format in words', z.url(), { type: 'string', description: 'Format: uri.' }],
    [
      'a pattern that looks around in words',
      z.string().regex(/^(?=a)/),
      { type: 'string', description: 'Matches /^(?=a)/.' },
    ],
    [
      'titles and descriptions',
      z.string().meta({ title: 'Name', description: 'Of the user' }),
      { type: 'string', title: 'Name', description: 'Of the user' },
    ],
  ])('says %s', (_, schema, expected) => {
    expect(field(schema)).toEqual(expected)
  })

  test.each<[string, z.ZodType]>([
    ['list', z.array(z.string())],
    ['text', z.string()],
    ['union', z.union([z.object({ a: z.string() }), z.object({ b: z.string() })])],
    ['record', z.record(z.string(), z.string())],
  ])('puts a %s at the root into an envelope', (_, schema) => {
    expect(wireSchema(schema).json).toEqual(closed({ value: field(schema) }))
  })

  test('refers to a recursive root by #, to other recursive parts by $defs', () => {
    const node = z
      .object({
        name: z.string(),
        get children() {
          return z.array(node)
        },
      })
      .meta({ id: 'Node' })
    expect(wireSchema(node).json).toEqual(
      closed({ name: { type: 'string' }, children: { type: 'array', items: { $ref: '#' } } }),
    )
    expect(wireSchema(z.object({ tree: node.optional() })).json).toEqual({
      ...closed({ tree: { anyOf: [{ $ref: '#/$defs/Node' }, { type: 'null' }] } }),
      $defs: {
        Node: closed({ name: { type: 'string' }, children: { type: 'array', items: { $ref: '#/$defs/Node' } } }),
      },
    })
  })

  test('keeps an intersection at the root without an envelope', () => {
    const schema = z.object({ a: z.string() }).and(z.object({ b: z.int() }))
    expect(wireSchema(schema).json).toEqual(closed({ a: { type: 'string' }, b: { type: 'integer' } }))
  })

  test('tags a union only where the wire could not tell its options apart', () => {
    expect(field(z.union([z.date(), z.int()]))).toEqual({
      anyOf: [{ type: 'string', format: 'date-time' }, { type: 'integer' }],
    })
    expect(field(z.union([z.date(), z.string()]))).toEqual({
      anyOf: [
        closed({ variant: { type: 'string', const: 'date' }, value: { type: 'string', format: 'date-time' } }),
        closed({ variant: { type: 'string', const: 'string' }, value: { type: 'string' } }),
      ],
    })
  })
})

test('null and absence stay apart where a schema knows both', () => {
  const wire = wireSchema(z.object({ a: z.string().nullish() }))
  expect([{}, { a: null }, { a: 'x' }].map((value) => wire.encode(value))).toEqual([
    { a: { left_out: true } },
    { a: null },
    { a: 'x' },
  ])
  expect([{ a: { left_out: true } }, { a: null }].map((value) => wire.decode(value))).toEqual([
    { ok: true, value: {} },
    { ok: true, value: { a: null } },
  ])
})

test('the loose form rewrites only what JSON cannot hold', () => {
  const wire = wireSchema(
    z.object({
      a: z.string().min(2).optional(),
      r: z.record(z.string(), z.date()),
      t: z.tuple([z.int(), z.int().optional()]),
    }),
    { strict: false },
  )
  expect(wire.json).toEqual({
    type: 'object',
    properties: {
      a: { type: 'string', minLength: 2 },
      r: {
        type: 'object',
        properties: {},
        required: [],
        additionalProperties: { type: 'string', format: 'date-time' },
      },
      t: {
        type: 'array',
        prefixItems: [{ type: 'integer' }, { type: ['integer', 'null'] }],
        items: false,
        minItems: 1,
        maxItems: 2,
      },
    },
    required: ['r', 't'],
  })
  expect(wire.decode({ r: { x: '1970-01-01T00:00:00Z' }, t: [1] })).toEqual({
    ok: true,
    value: { r: { x: new Date(0) }, t: [1] },
  })
  expect(wire.decode({ a: null, r: {}, t: [1] })).toMatchObject({ ok: false, issues: [{ path: ['a'] }] })
})

test('what a server wrote in the plain form, against the strict schema, is understood too', () => {
  const wire = wireSchema(
    z.object({ r: z.record(z.string(), z.int()), t: z.tuple([z.int(), z.date()]), o: z.string().optional() }),
  )
  expect(wire.decode({ r: { a: 1 }, t: [1, '1970-01-01T00:00:00Z'] })).toEqual({
    ok: true,
    value: { r: { a: 1 }, t: [1, new Date(0)] },
  })
  expect(wireSchema(z.array(z.int())).decode([1])).toEqual({ ok: true, value: [1] })
})

test('with io output a field with a default has to be written', () => {
  const schema = z.object({ a: z.int().default(5) })
  expect(wireSchema(schema, { io: 'output' }).json.properties).toEqual({
    a: { type: 'integer', description: 'Default: 5.' },
  })
})

describe('issues', () => {
  test.each<[string, Schema, unknown, unknown]>([
    [
      "carry paths of the user's schema",
      z.object({ list: z.record(z.string(), z.tuple([z.int()])) }),
      { list: [{ key: 'a', value: { 0: 'x' } }] },
      [{ path: ['list', 'a', 0], message: 'Invalid input: expected number, received string' }],
    ],
    [
      'leave out the envelope',
      z.array(z.string()),
      { value: [1] },
      [{ path: [0], message: 'Invalid input: expected string, received number' }],
    ],
    [
      'say that something is missing',
      z.object({ a: z.string() }),
      {},
      [{ path: ['a'], message: 'is missing: expected string' }],
    ],
    [
      'say how a date is written',
      z.object({ a: z.date() }),
      { a: 'tomorrow' },
      [
        {
          path: ['a'],
          message: 'expected an ISO 8601 date and time such as "2026-01-31T09:30:00Z", received "tomorrow"',
        },
      ],
    ],
    [
      'say how a bigint is written',
      z.object({ a: z.bigint() }),
      { a: 1.5 },
      [
        {
          path: ['a'],
          message: 'expected a whole number as a string of digits such as "9007199254740993", received 1.5',
        },
      ],
    ],
    [
      'take the nearest option of a union',
      z.union([z.object({ t: z.literal('a'), n: z.int() }), z.object({ t: z.literal('b'), s: z.string() })]),
      { value: { t: 'b', s: 1 } },
      [{ path: ['s'], message: 'Invalid input: expected string, received number' }],
    ],
    [
      'of JSON Schema say what is known',
      {
        type: 'object',
        properties: { a: { type: 'string', enum: ['x', 'y'] } },
        required: ['a'],
        additionalProperties: false,
      },
      { b: 1 },
      [
        { path: ['a'], message: 'is missing' },
        { path: ['b'], message: 'is not known here; known are "a"' },
      ],
    ],
    [
      'keep the words of the user',
      z.object({ a: z.string().refine((text) => text.startsWith('x'), 'must begin with x') }),
      { a: 'y' },
      [{ path: ['a'], message: 'must begin with x' }],
    ],
  ])('%s', (_, schema, value, issues) => {
    expect(wireSchema(schema).decode(value)).toEqual({ ok: false, issues })
  })

  test('of keywords that went into words are found on decode', () => {
    const wire = wireSchema({
      type: 'object',
      properties: {
        a: { type: 'string', minLength: 2 },
        b: { type: 'array', items: { type: 'integer' }, uniqueItems: true },
      },
    })
    expect(wire.decode({ a: 'x', b: [1, 1] })).toEqual({
      ok: false,
      issues: [
        { path: ['a'], message: 'must have at least 2 characters, has 1' },
        { path: ['b'], message: 'must not hold the same item twice: item 1 repeats an earlier one' },
      ],
    })
  })
})

describe('what cannot be described is an error at once', () => {
  test.each<[string, () => unknown, string]>([
    [
      'zod 3',
      () => z3.object({}),
      "(root): a schema of zod does not describe itself as JSON Schema. Use fromZod3 of '@pawl/schema/zod3', or a schema of zod 4.",
    ],
    [
      'a vendor without a converter',
      () => ({ '~standard': { version: 1, vendor: 'acme', validate: () => ({ value: 1 }) } }),
      "(root): a schema of acme does not describe itself as JSON Schema. Use the JSON Schema converter of acme, or a version of it with '~standard'.jsonSchema.",
    ],
    [
      'valibot without its converter',
      () => ({ '~standard': { version: 1, vendor: 'valibot', validate: () => ({ value: 1 }) } }),
      "(root): a schema of valibot does not describe itself as JSON Schema. Use toStandardJsonSchema(schema) of '@valibot/to-json-schema'.",
    ],
    [
      'an empty description',
      () => ({
        '~standard': {
          version: 1,
          vendor: 'acme',
          validate: () => ({ value: 1 }),
          jsonSchema: { input: () => ({ $schema: 'x' }) },
        },
      }),
      '(root): acme describes this schema as empty. Use a schema that says what it takes.',
    ],
    [
      'no schema',
      () => ({}),
      '(root): this object is no schema. Use a zod schema, another Standard Schema or a JSON Schema with a type.',
    ],
    [
      'a string',
      () => 'string',
      '(root): string is not a schema. Use a zod schema, another Standard Schema or a JSON Schema.',
    ],
    [
      'a custom check',
      () => z.object({ list: z.array(z.object({ f: z.custom<() => void>(() => true) })) }),
      'list[0].f: a custom schema (z.custom, z.instanceof) cannot be described to a model. Use a schema of what the model writes, then .transform() or .refine().',
    ],
    [
      'a function',
      () => z.object({ f: z.function() }),
      'f: a function cannot be described to a model. Use plain data.',
    ],
    [
      'a bare transform',
      () => z.object({ f: z.transform((value) => value) }),
      'f: a transform without a schema before it cannot be described to a model. Use z.string().transform(…).',
    ],
    [
      'never in a required place',
      () => z.object({ f: z.never() }),
      'f: no value is allowed here, so a model can write none. Use z.unknown() or leave the field out.',
    ],
    [
      'an unsafe name',
      () => ({ type: 'object', properties: JSON.parse('{"__proto__":{"type":"string"}}') }),
      '__proto__: this property name is unsafe. Use another name.',
    ],
    [
      'a function of zod 3',
      () => fromZod3(z3.object({ a: z3.object({ f: z3.function() }) })),
      'a.f: a function cannot be described to a model. Use plain data.',
    ],
    ['zod 4 given to fromZod3', () => fromZod3(z.object({})), '(root): this is no schema of zod 3. Use it as it is.'],
    [
      'a reference that leads nowhere',
      () => ({ $ref: '#/$defs/none' }),
      '(root): "#/$defs/none" leads nowhere in this schema. Use a reference to #/$defs of the same document.',
    ],
    [
      'too many enum values',
      () => z.object({ a: z.literal(Array.from({ length: 1001 }, (_, index) => index)) }),
      '(root): a strict server would refuse this schema at #: 1001 enum values, at most 1000 are allowed. Use a smaller schema, or strict: false.',
    ],
    [
      'too many levels',
      () => Array.from({ length: 11 }).reduce<z.ZodType>((inner) => z.object({ inner }), z.string()),
      '(root): a strict server would refuse this schema at #/properties/inner/properties/inner/properties/inner/properties/inner/properties/inner/properties/inner/properties/inner/properties/inner/properties/inner/properties/inner: objects nested more than 10 levels deep. Use a smaller schema, or strict: false.',
    ],
  ])('%s', (_, make, message) => {
    const error = thrown(() => wireSchema(make() as Schema))
    expect(error).toBeInstanceOf(SchemaError)
    expect(error).toMatchObject({ message, code: 'schema_error', retryable: false, [Symbol.for('pawl.error')]: true })
  })

  test('an asynchronous schema says so when it decodes', () => {
    const wire = wireSchema(z.object({ a: z.string().refine(async () => true) }))
    expect(thrown(() => wire.decode({ a: 'x' }))).toMatchObject({
      code: 'schema_error',
      message: expect.stringContaining('asynchronously'),
    })
  })

  function thrown(act: () => unknown): unknown {
    try {
      act()
    } catch (error) {
      return error
    }
    throw new Error('nothing was thrown')
  }
})

test('zod/mini reads its descriptions too', () => {
  expect(wireSchema(mini.object({ a: mini.string().check(mini.describe('A letter')) })).json.properties).toEqual({
    a: { type: 'string', description: 'A letter' },
  })
})

test('a file is written as name, type and base64', async () => {
  const wire = wireSchema(z.object({ file: z.file() }))
  const decoded = wire.decode({ file: { name: 'a.txt', type: 'text/plain', base64: 'aGk=' } })
  if (!decoded.ok) throw new Error('not decoded')
  const { file } = decoded.value
  expect([file.name, file.type, await file.text()]).toEqual(['a.txt', 'text/plain', 'hi'])
})

test('values that the schema does not change keep their identity: nothing is walked or copied', () => {
  const value = { a: { b: [1] }, c: 'x' }
  const decoded = wireSchema({
    type: 'object',
    properties: { a: {}, c: { type: 'string' } },
    required: ['a', 'c'],
  }).decode(value)
  expect(decoded.ok && decoded.value).toBe(value)
})
