/** Whether some value of the wire could belong to both of two schemas: then a union of them needs a tag. */

import type { JsonSchema } from '../schema.ts'
import { isRecord } from '../shape.ts'

export type Resolve = (json: JsonSchema) => JsonSchema

/** Errs towards `true`. Objects count as closed: a key that only one of two knows and needs keeps them apart. */
export function overlap(left: JsonSchema, right: JsonSchema, resolve: Resolve): boolean {
  return meet(left, right, { resolve, credit: 10_000 }, 0)
}

interface Search {
  readonly resolve: Resolve
  /** comparisons that are left: foreign schemas may go round in themselves */
  credit: number
}

function meet(left: JsonSchema, right: JsonSchema, search: Search, depth: number): boolean {
  const { resolve } = search
  const a = resolve(left)
  const b = resolve(right)
  if (depth > 8 || a === b || --search.credit < 0) return true
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const { anyOf } = one
    if (Array.isArray(anyOf)) return anyOf.some((option: JsonSchema) => meet(option, other, search, depth + 1))
  }
  const valuesA = literals(a)
  const valuesB = literals(b)
  if (valuesA !== undefined && valuesB !== undefined) return valuesA.some((value) => valuesB.includes(value))
  const shared = types(a).filter(
    (type) =>
      types(b).includes(type) ||
      (type === 'integer' && types(b).includes('number')) ||
      (type === 'number' && types(b).includes('integer')),
  )
  if (shared.length === 0) return false
  return shared.some((type) => type !== 'object') || objectsMeet(a, b, search, depth)
}

function objectsMeet(a: JsonSchema, b: JsonSchema, search: Search, depth: number): boolean {
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    if (other.properties === undefined) continue
    for (const name of required(one)) {
      const here = one.properties?.[name]
      const there = other.properties[name]
      if (there === undefined) {
        if (!isRecord(other['additionalProperties'])) return false
      } else if (here !== undefined && required(other).includes(name) && !meet(here, there, search, depth + 1)) {
        return false
      }
    }
  }
  return true
}

/** The literal values that a schema allows, if it lists them. */
export function literals(json: JsonSchema): readonly unknown[] | undefined {
  if ('const' in json) return [json['const']]
  return Array.isArray(json['enum']) ? json['enum'] : undefined
}

/** The JSON types that a schema allows; all of them where it says nothing. */
export function types(json: JsonSchema): readonly string[] {
  if (json.type === undefined) return ['object', 'array', 'string', 'number', 'boolean', 'null']
  return typeof json.type === 'string' ? [json.type] : json.type
}

function required(json: JsonSchema): readonly string[] {
  const names = json['required']
  return Array.isArray(names) ? names : []
}
