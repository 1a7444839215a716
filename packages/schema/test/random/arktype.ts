/** Builds the schema of a description with arktype, and says where arktype fails by itself. */

import { type } from 'arktype'
import fc from 'fast-check'
import type { Case, DescribedField, Description } from './description.ts'

/** A few unions in ten thousand throw a TypeError in arktype's own comparison of their options: these cases are left out. */
export function arktypeOf(shape: Description): any {
  try {
    return built(shape)
  } catch (error) {
    fc.pre(!(error instanceof TypeError))
    throw error
  }
}

/**
 * Of the options of a union arktype keeps the widest alone: `{ b: unknown }` of that and `{ b: number, c: string }`. A value
 * of the other one passes still, but its `c` is then a key that nobody has declared.
 */
export function arktypeTells(schema: any, value: unknown): boolean {
  return !(schema.onDeepUndeclaredKey('reject')(value) instanceof type.errors)
}

const object = (fields: Record<string, Description>): Description => ({
  kind: 'object',
  fields: Object.entries(fields).map(([name, shape]): DescribedField => ({ name, optional: false, shape })),
  open: false,
})
const [text, anything, nothing] = [{ kind: 'string' }, { kind: 'any' }, { kind: 'null' }] as const
const texts: Description = { kind: 'record', value: text }

export const foundWithArktype: readonly Case[] = [
  {
    description: { kind: 'union', options: [object({ b: anything }), object({ b: text, c: text })] },
    value: { b: '', c: '' },
  },
  {
    description: {
      kind: 'union',
      options: [{ kind: 'nullable', inner: object({ b: text }) }, object({ b: text, c: text })],
    },
    value: { b: '', c: '' },
  },
  {
    description: {
      kind: 'union',
      options: [
        object({ name: text }),
        object({ a: text, name: { kind: 'nullable', inner: texts } }),
        object({ 1: text, name: nothing }),
      ],
    },
    value: { name: '' },
  },
]

function built(shape: Description): any {
  switch (shape.kind) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return type(shape.kind)
    case 'any':
      return type('unknown')
    case 'integer':
      return type('number.integer')
    case 'literals':
      return type.enumerated(...shape.values)
    case 'array':
      return built(shape.item).array()
    case 'record':
      return type({ '[string]': built(shape.value) })
    case 'tuple':
      return type(shape.items.map(built) as any)
    case 'nullable':
      return built(shape.inner).or('null')
    case 'union':
      return shape.options.map(built).reduce((left, right) => left.or(right))
    case 'object':
      return type(
        Object.fromEntries(
          shape.fields.map((field) => [`${field.name}${field.optional ? '?' : ''}`, built(field.shape)]),
        ),
      )
    default:
      throw new Error(`${shape.kind} is beyond this builder`)
  }
}
