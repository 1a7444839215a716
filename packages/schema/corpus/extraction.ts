/** What people extract from documents: zod 4. */

import { z } from 'zod'
import { entry } from './entry.ts'

const source = z.object({ page: z.int().optional(), quote: z.string() })
const sentiment = z.enum(['positive', 'neutral', 'negative'])
const levels = (depth: number): z.ZodType => (depth === 0 ? z.string() : z.object({ next: levels(depth - 1) }))
const deep = (depth: number): unknown => (depth === 0 ? 'end' : { next: deep(depth - 1) })

export const extraction = [
  entry(
    'CV',
    z.object({
      name: z.string(),
      email: z.email().nullish(),
      skills: z.array(z.string()),
      jobs: z.array(
        z.object({ company: z.string(), from: z.string(), to: z.string().nullable(), title: z.string().optional() }),
      ),
      languages: z.record(z.string(), z.enum(['basic', 'fluent', 'native'])),
    }),
    {
      name: 'Kari',
      skills: ['TypeScript'],
      jobs: [{ company: 'Pawl', from: '2020', to: null }],
      languages: { no: 'native' },
    },
  ),
  entry(
    'contract',
    z.object({
      parties: z.tuple([z.string(), z.string()]),
      start: z.date(),
      end: z.date().nullable(),
      clauses: z.array(z.object({ number: z.string(), text: z.string(), risks: z.array(z.string()).optional() })),
    }),
    {
      parties: ['A', 'B'],
      start: new Date(0),
      end: null,
      clauses: [
        { number: '1', text: 't' },
        { number: '2', text: 'u', risks: [] },
      ],
    },
  ),
  entry(
    'support ticket',
    z.object({
      category: z.enum(['billing', 'bug', 'question']),
      urgency: z.int().min(1).max(5),
      summary: z.string().max(280),
      customer: z.union([z.object({ id: z.string() }), z.object({ email: z.email() })]).optional(),
    }),
    { category: 'bug', urgency: 5, summary: 's' },
    { category: 'bug', urgency: 1, summary: 's', customer: { email: 'a@example.org' } },
  ),
  entry(
    'meeting minutes',
    z.object({
      date: z.iso.date(),
      attendees: z.set(z.string()),
      decisions: z.array(z.object({ what: z.string(), by: z.string().optional() })),
      actions: z.array(z.object({ who: z.string(), what: z.string(), due: z.iso.date().nullish() })),
    }),
    {
      date: '2026-01-31',
      attendees: new Set(['a']),
      decisions: [{ what: 'x' }],
      actions: [
        { who: 'a', what: 'y' },
        { who: 'b', what: 'z', due: null },
      ],
    },
  ),
  entry(
    'entities',
    z.array(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('person'), name: z.string(), role: z.string().optional() }),
        z.object({ kind: z.literal('place'), name: z.string(), at: z.tuple([z.number(), z.number()]).optional() }),
        z.object({ kind: z.literal('money'), amount: z.number(), currency: z.string().nullable() }),
      ]),
    ),
    [
      { kind: 'person', name: 'a' },
      { kind: 'place', name: 'b', at: [59.9, 10.7] },
      { kind: 'money', amount: 1, currency: null },
    ],
  ),
  entry(
    'knowledge graph',
    z.object({
      nodes: z.map(z.string(), z.object({ label: z.string(), properties: z.record(z.string(), z.json()) })),
      edges: z.array(z.tuple([z.string(), z.string(), z.string()])),
    }),
    { nodes: new Map([['a', { label: 'A', properties: { n: [1] } }]]), edges: [['a', 'knows', 'a']] },
  ),
  entry(
    'review',
    z.object({
      sentiment,
      score: z.number().min(0).max(10).multipleOf(0.5),
      aspects: z.partialRecord(z.enum(['price', 'quality', 'service']), sentiment),
    }),
    { sentiment: 'positive', score: 9.5, aspects: { price: 'neutral' } },
  ),
  entry(
    'recipe',
    z.object({
      name: z.string(),
      serves: z.int().optional(),
      ingredients: z.array(
        z.object({ item: z.string(), amount: z.number().nullable(), unit: z.enum(['g', 'ml', 'pcs']).nullable() }),
      ),
      steps: z.array(z.string()).min(1),
      minutes: z.union([z.int(), z.tuple([z.int(), z.int()])]),
    }),
    {
      name: 'Tea',
      ingredients: [
        { item: 'tea', amount: 2, unit: 'g' },
        { item: 'water', amount: null, unit: null },
      ],
      steps: ['boil'],
      minutes: [3, 5],
    },
  ),
  entry(
    'classification with a reason',
    z.object({ reasoning: z.string(), label: z.enum(['spam', 'ham']), confidence: z.number() }),
    { reasoning: 'r', label: 'ham', confidence: 1 },
  ),
  entry(
    'answer or refusal',
    z.discriminatedUnion('status', [
      z.object({ status: z.literal('answered'), answer: z.string(), sources: z.array(source) }),
      z.object({ status: z.literal('unknown'), missing: z.string().optional() }),
    ]),
    { status: 'answered', answer: 'a', sources: [{ quote: 'q' }, { page: 1, quote: 'q' }] },
    { status: 'unknown' },
  ),
  entry('question and answer pairs', z.array(z.tuple([z.string(), z.string()])), [['q', 'a']]),
  entry(
    'table',
    z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))) }),
    { columns: ['a'], rows: [['x'], [1], [null]] },
  ),
  entry(
    'chapters',
    z.record(z.string(), z.object({ pages: z.tuple([z.int(), z.int()]), summary: z.string().nullish() })),
    { one: { pages: [1, 9] }, two: { pages: [10, 12], summary: null } },
  ),
  entry(
    'lab results',
    z.object({
      patient: z.object({ id: z.string(), born: z.iso.date().optional() }),
      results: z.array(
        z.object({
          code: z.string(),
          value: z.union([z.number(), z.string()]),
          unit: z.string().optional(),
          flag: z.enum(['H', 'L']).nullable().default(null),
        }),
      ),
    }),
    {
      patient: { id: 'p' },
      results: [
        { code: 'Hb', value: 14, unit: 'g/dL' },
        { code: 'CRP', value: '<5', flag: 'L' },
      ],
    },
  ),
  entry('eight levels deep', levels(8), deep(8)),
  entry(
    'wide',
    z.object(
      Object.fromEntries(
        Array.from({ length: 120 }, (_, index) => [`field${index}`, index % 2 ? z.string().optional() : z.number()]),
      ),
    ),
    Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`field${2 * index}`, index])),
  ),
  entry(
    'many enums',
    z.object(
      Object.fromEntries(
        Array.from({ length: 20 }, (_, index) => [
          `e${index}`,
          z.enum(Array.from({ length: 40 }, (_, value) => `v${value}`) as [string, ...string[]]),
        ]),
      ),
    ),
    Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`e${index}`, 'v1'])),
  ),
  entry(
    'GeoJSON',
    z.object({
      type: z.literal('Feature'),
      geometry: z.union([
        z.object({ type: z.literal('Point'), coordinates: z.tuple([z.number(), z.number()]) }),
        z.object({ type: z.literal('LineString'), coordinates: z.array(z.tuple([z.number(), z.number()])) }),
      ]),
      properties: z.record(z.string(), z.unknown()).nullable(),
    }),
    { type: 'Feature', geometry: { type: 'Point', coordinates: [1, 2] }, properties: null },
    { type: 'Feature', geometry: { type: 'LineString', coordinates: [[1, 2]] }, properties: { a: 1 } },
  ),
]
