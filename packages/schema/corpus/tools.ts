/** Parameters of tools that agents are given: zod 4. */

import { z } from 'zod'
import { entry } from './entry.ts'

const page = z.object({ limit: z.int().min(1).max(100).default(20), cursor: z.string().optional() })
const timeRange = z.object({ from: z.iso.datetime(), to: z.iso.datetime().optional() })

export const tools = [
  entry('no parameters', z.object({}), {}),
  entry(
    'weather',
    z.object({
      city: z.string(),
      day: z.iso.date().optional(),
      units: z.enum(['metric', 'imperial']).default('metric'),
    }),
    { city: 'Oslo' },
    { city: 'Oslo', day: '2026-02-01', units: 'imperial' },
  ),
  entry(
    'search',
    z.object({
      query: z.string().min(1).max(400),
      filters: z.record(z.string(), z.string()).optional(),
      ...page.shape,
    }),
    { query: 'q' },
    { query: 'q', filters: { lang: 'no' }, limit: 5, cursor: 'c' },
  ),
  entry(
    'read a file',
    z.object({ path: z.string(), range: z.tuple([z.int(), z.int()]).optional() }),
    { path: 'a.ts' },
    { path: 'a.ts', range: [1, 20] },
  ),
  entry(
    'write a file',
    z.object({
      path: z.string(),
      content: z.string(),
      mode: z.union([z.literal('create'), z.literal('overwrite')]).optional(),
    }),
    { path: 'a', content: '' },
    { path: 'a', content: 'x\n', mode: 'create' },
  ),
  entry(
    'edit a file',
    z.object({
      path: z.string(),
      edits: z.array(z.object({ find: z.string(), replace: z.string(), all: z.boolean().optional() })).min(1),
    }),
    { path: 'a', edits: [{ find: 'x', replace: 'y' }] },
  ),
  entry(
    'shell',
    z.object({
      command: z.array(z.string()).nonempty(),
      cwd: z.string().nullish(),
      env: z.record(z.string(), z.string()).default({}),
      timeout: z.int().positive().optional(),
    }),
    { command: ['ls'] },
    { command: ['ls', '-l'], cwd: null, env: { A: '1' }, timeout: 5 },
  ),
  entry(
    'http request',
    z.object({
      method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
      url: z.url(),
      headers: z.record(z.string(), z.string()).optional(),
      body: z.json().optional(),
    }),
    { method: 'GET', url: 'https://example.org' },
    { method: 'POST', url: 'https://example.org', headers: { accept: '*/*' }, body: { a: [1, null, 'x'] } },
  ),
  entry(
    'sql',
    z.object({
      sql: z.string(),
      parameters: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).default([]),
    }),
    { sql: 'select 1' },
    { sql: 'select ?', parameters: [1, 'a', null, true] },
  ),
  entry(
    'send an email',
    z.object({
      to: z.array(z.email()).min(1),
      cc: z.array(z.email()).optional(),
      subject: z.string(),
      body: z.string(),
      sendAt: z.date().optional(),
    }),
    { to: ['a@example.org'], subject: 's', body: 'b' },
    { to: ['a@example.org'], cc: [], subject: 's', body: 'b', sendAt: new Date(1) },
  ),
  entry(
    'calendar event',
    z.object({
      title: z.string(),
      when: z.union([timeRange, z.object({ allDay: z.iso.date() })]),
      guests: z.array(z.object({ email: z.email(), optional: z.boolean().optional() })),
      recurrence: z
        .object({ every: z.int(), unit: z.enum(['day', 'week', 'month']), until: z.iso.date().nullable() })
        .nullish(),
    }),
    { title: 't', when: { from: '2026-01-31T09:30:00Z' }, guests: [] },
    {
      title: 't',
      when: { allDay: '2026-01-31' },
      guests: [{ email: 'a@example.org' }],
      recurrence: { every: 1, unit: 'week', until: null },
    },
  ),
  entry(
    'move a piece',
    z.object({
      from: z.string().regex(/^[a-h][1-8]$/),
      to: z.string().regex(/^[a-h][1-8]$/),
      promotion: z.enum(['q', 'r', 'b', 'n']).optional(),
    }),
    { from: 'e2', to: 'e4' },
  ),
  entry(
    'draw',
    z.object({
      shapes: z.array(
        z.discriminatedUnion('type', [
          z.object({ type: z.literal('circle'), center: z.tuple([z.number(), z.number()]), radius: z.number() }),
          z.object({ type: z.literal('line'), points: z.array(z.tuple([z.number(), z.number()])) }),
          z.object({
            type: z.literal('text'),
            at: z.tuple([z.number(), z.number()]),
            text: z.string(),
            size: z.number().optional(),
          }),
        ]),
      ),
    }),
    {
      shapes: [
        { type: 'circle', center: [0, 0], radius: 1 },
        {
          type: 'line',
          points: [
            [0, 0],
            [1, 1],
          ],
        },
        { type: 'text', at: [0, 0], text: 'x' },
      ],
    },
  ),
  entry(
    'choose one of many',
    z.object({ code: z.enum(Array.from({ length: 300 }, (_, index) => `C${index}`) as [string, ...string[]]) }),
    { code: 'C299' },
  ),
  entry('number or list', z.object({ ids: z.union([z.int(), z.array(z.int())]) }), { ids: 1 }, { ids: [1, 2] }),
  entry(
    'text or parts',
    z.object({ content: z.union([z.string(), z.array(z.object({ type: z.literal('text'), text: z.string() }))]) }),
    { content: 'x' },
    { content: [{ type: 'text', text: 'x' }] },
  ),
  entry(
    'root union of operations',
    z.union([
      z.object({ op: z.literal('add'), value: z.number() }),
      z.object({ op: z.literal('remove'), key: z.string().optional() }),
    ]),
    { op: 'add', value: 1 },
    { op: 'remove' },
  ),
  entry(
    'root array of tasks',
    z.array(z.object({ title: z.string(), done: z.boolean().default(false) })),
    [{ title: 't' }, { title: 'u', done: true }],
    [],
  ),
  entry('root text', z.string().min(1), 'x'),
  entry('root number', z.number(), 4.5),
  entry('root flag or nothing', z.boolean().nullable(), true, null),
  entry('anything', z.unknown(), { a: 1 }, 'x', null, [1]),
  entry('a JSON value', z.json(), { a: [1, { b: null }] }, 5),
  entry('booleans as words', z.object({ confirm: z.stringbool() }), { confirm: 'yes' }),
  entry('numbers as text', z.object({ count: z.string().transform(Number) }), { count: '5' }),
  entry('dates as text', z.object({ on: z.iso.date().transform((text) => new Date(text)) }), { on: '2026-01-31' }),
  entry('piped number', z.object({ port: z.string().transform(Number).pipe(z.int().max(65535)) }), { port: '8080' }),
  entry('preprocessed', z.object({ count: z.preprocess((value) => value ?? 0, z.int()) }), { count: 5 }),
  entry('trimmed and lower', z.object({ email: z.string().trim().toLowerCase() }), { email: ' A ' }),
  entry('caught', z.object({ level: z.enum(['low', 'high']).catch('low') }), { level: 'high' }),
  entry('prefault', z.object({ name: z.string().trim().prefault('nobody') }), {}, { name: 'x' }),
  entry('read only', z.object({ list: z.array(z.string()).readonly() }).readonly(), { list: ['a'] }),
  entry('branded', z.object({ id: z.string().brand<'UserId'>() }), { id: 'u' }),
  entry(
    'refined',
    z.object({ from: z.int(), to: z.int() }).refine(({ from, to }) => from <= to),
    { from: 1, to: 2 },
  ),
  entry(
    'partial update',
    z.object({ name: z.string(), age: z.int(), email: z.email().nullable() }).partial(),
    {},
    { email: null },
    { name: 'x', age: 5 },
  ),
  entry(
    'required again',
    z.object({ name: z.string().optional(), age: z.int().optional() }).required({ name: true }),
    { name: 'x' },
    { name: 'x', age: 1 },
  ),
  entry('extended', page.extend({ sort: z.enum(['asc', 'desc']).optional() }), {}, { limit: 1, sort: 'asc' }),
  entry(
    'intersection',
    z.intersection(z.object({ a: z.string() }), z.object({ b: z.number().optional() })),
    { a: 'x' },
    { a: 'x', b: 1 },
  ),
  entry(
    'intersection with a union',
    z
      .object({ id: z.string() })
      .and(
        z.union([
          z.object({ kind: z.literal('a'), a: z.string().optional() }),
          z.object({ kind: z.literal('b'), b: z.int() }),
        ]),
      ),
    { id: 'i', kind: 'a' },
    { id: 'i', kind: 'b', b: 1 },
  ),
  entry('loose', z.looseObject({ id: z.string() }), { id: 'x' }, { id: 'x', extra: { deep: [1] }, n: null }),
  entry('catchall', z.object({ id: z.string() }).catchall(z.number()), { id: 'x', a: 1, b: 2 }, { id: 'x' }),
  entry(
    'named and described',
    z
      .object({ q: z.string().describe('What to look for') })
      .meta({ title: 'Query', description: 'A question to the index' }),
    { q: 'x' },
  ),
]
