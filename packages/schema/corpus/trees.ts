/** Recursive schemas: zod 4. */

import { z } from 'zod'
import { entry } from './entry.ts'

const comment = z.object({
  author: z.string(),
  text: z.string(),
  get replies() {
    return z.array(comment)
  },
})
const folder = z.object({
  name: z.string(),
  get parent(): z.ZodOptional<z.ZodType> {
    return folder.optional()
  },
})
const listNode = z.object({
  value: z.int(),
  get next(): z.ZodNullable<z.ZodType> {
    return listNode.nullable()
  },
})
const expression: z.ZodType = z.lazy(() =>
  z.discriminatedUnion('op', [
    z.object({ op: z.literal('number'), value: z.number() }),
    z.object({ op: z.literal('add'), left: expression, right: expression }),
    z.object({ op: z.literal('negate'), of: expression }),
  ]),
)
const sum: z.ZodType = z.lazy(() => z.union([z.number(), z.object({ left: sum, right: sum })]))
const category = z.object({
  name: z.string(),
  get children(): z.ZodRecord<z.ZodString, z.ZodType> {
    return z.record(z.string(), category)
  },
})
const dated = z.object({
  at: z.date(),
  get later(): z.ZodOptional<z.ZodArray<z.ZodType>> {
    return z.array(dated).optional()
  },
})
const person = z.object({
  name: z.string(),
  get employer(): z.ZodOptional<z.ZodType> {
    return company.optional()
  },
})
const company = z.object({
  name: z.string(),
  get people(): z.ZodArray<z.ZodType> {
    return z.array(person)
  },
})
const block: z.ZodType = z.lazy(() =>
  z.union([
    z.object({ type: z.literal('text'), text: z.string(), marks: z.array(z.enum(['bold', 'italic'])).optional() }),
    z.object({ type: z.literal('list'), items: z.array(block) }),
    z.object({ type: z.literal('quote'), of: block, source: z.url().optional() }),
  ]),
)
const filter: z.ZodType = z.lazy(() =>
  z.union([
    z.object({ and: z.array(filter) }),
    z.object({ or: z.array(filter) }),
    z.object({ not: filter }),
    z.object({ field: z.string(), is: z.union([z.string(), z.number(), z.boolean()]) }),
  ]),
)
const nested: z.ZodType = z.lazy(() => z.union([z.string(), z.array(nested)]))
const mapTree: z.ZodType = z.lazy(() => z.map(z.string(), mapTree))

export const trees = [
  entry('comments', comment, { author: 'a', text: 't', replies: [{ author: 'b', text: 'u', replies: [] }] }),
  entry('folder with a parent', folder, { name: 'a', parent: { name: 'b', parent: { name: 'c' } } }),
  entry('linked list', listNode, { value: 1, next: { value: 2, next: null } }),
  entry('expression', expression, {
    op: 'add',
    left: { op: 'number', value: 1 },
    right: { op: 'negate', of: { op: 'number', value: 2 } },
  }),
  entry('number or sum', sum, 5, { left: 1, right: { left: 2, right: 3 } }),
  entry('categories by name', category, { name: 'root', children: { a: { name: 'a', children: {} } } }),
  entry('dated tree', dated, { at: new Date(0), later: [{ at: new Date(1) }] }),
  entry('person and company', person, { name: 'Kari', employer: { name: 'Pawl', people: [{ name: 'Ola' }] } }),
  entry('list of companies', z.array(company), [{ name: 'x', people: [] }]),
  entry('document blocks', z.array(block), [
    { type: 'text', text: 'x' },
    { type: 'list', items: [{ type: 'quote', of: { type: 'text', text: 'y', marks: ['bold'] } }] },
  ]),
  entry('filter', filter, { and: [{ field: 'a', is: 1 }, { not: { or: [] } }] }),
  entry('nested lists of text', nested, 'x', ['a', ['b', ['c']], []]),
  entry('map of maps', mapTree, new Map([['a', new Map([['b', new Map()]])]])),
  entry('tree with an id', z.object({ root: comment.meta({ id: 'Comment' }) }), {
    root: { author: 'a', text: 't', replies: [] },
  }),
  entry('two trees', z.object({ left: listNode, right: comment.optional() }), { left: { value: 1, next: null } }),
  entry(
    'binary tree',
    z.object({
      value: z.int(),
      get left(): z.ZodOptional<z.ZodType> {
        return binary.optional()
      },
      get right(): z.ZodOptional<z.ZodType> {
        return binary.optional()
      },
    }),
    { value: 1, left: { value: 0 } },
  ),
]

const binary = z.object({
  value: z.int(),
  get left(): z.ZodOptional<z.ZodType> {
    return binary.optional()
  },
  get right(): z.ZodOptional<z.ZodType> {
    return binary.optional()
  },
})
