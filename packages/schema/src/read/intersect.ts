/** What is valid for two shapes at once, as one shape. */

import type { Path } from '../issue.ts'
import { SchemaError } from '../schema-error.ts'
import { annotate, type Field, type Keywords, never, type Shape } from '../shape.ts'

const mostAlternatives = 256

/** @throws SchemaError for two shapes whose values are rewritten in different ways */
export function intersect(left: Shape, right: Shape, path: Path): Shape {
  return merge(left, right, { path, credit: 10_000 })
}

interface Merging {
  readonly path: Path
  /** steps that are left: foreign schemas may go round in themselves */
  credit: number
}

function merge(left: Shape, right: Shape, merging: Merging): Shape {
  const merged = bare(left, right, merging)
  return annotate(annotate(merged, right.notes), left.notes)
}

function bare(left: Shape, right: Shape, merging: Merging): Shape {
  if (--merging.credit < 0)
    throw new SchemaError(merging.path, 'this intersection has no end', 'fewer and simpler parts')
  if (left === right || right.kind === 'anything') return left
  if (left.kind === 'anything') return right
  if (left.kind === 'never' || right.kind === 'never') return never
  if (left.kind === 'reference' && right.kind === 'reference' && left.target() === right.target()) return left
  if (left.kind === 'reference') return merge(left.target(), right, merging)
  if (right.kind === 'reference') return merge(left, right.target(), merging)
  if (left.kind === 'both') return merge(merge(left.left, left.right, merging), right, merging)
  if (right.kind === 'both') return merge(left, merge(right.left, right.right, merging), merging)
  if (left.kind === 'union') return distributed(left, right, merging)
  if (right.kind === 'union') return distributed(right, left, merging)
  if (left.kind === 'literals') return literals(left, right)
  if (right.kind === 'literals') return literals(right, left)
  if (left.kind === 'scalar' && right.kind === 'scalar') {
    const numeric = left.type === 'integer' || right.type === 'integer' ? 'integer' : left.type
    const numbers = [left, right].every(({ type }) => type === 'integer' || type === 'number')
    if (left.type !== right.type && !numbers) return never
    return { ...left, type: numbers ? numeric : left.type, keywords: keywords(left.keywords, right.keywords) }
  }
  if (left.kind === 'object' && right.kind === 'object') return objects(left, right)
  if (left.kind === 'array' && right.kind === 'array') {
    return {
      ...left,
      item: { kind: 'both', left: left.item, right: right.item },
      keywords: keywords(left.keywords, right.keywords),
    }
  }
  if (left.kind === 'coded' && right.kind === 'coded' && left.coding.name === right.coding.name) return left
  if (left.kind === right.kind && left.kind !== 'absent') {
    throw new SchemaError(
      merging.path,
      `two ${left.kind} schemas cannot be merged into one`,
      'one schema that says both',
    )
  }
  return left.kind === right.kind ? left : never
}

function distributed(union: Shape & { kind: 'union' }, other: Shape, merging: Merging): Shape {
  const options = union.options
    .map((option) => merge(option, other, merging))
    .flatMap((option) => (option.kind === 'union' ? option.options : [option]))
    .filter((option) => option.kind !== 'never')
  if (options.length > mostAlternatives) {
    throw new SchemaError(merging.path, `the intersection has ${options.length} alternatives`, 'fewer of them')
  }
  return options.length === 0 ? never : { kind: 'union', options }
}

function literals(left: Shape & { kind: 'literals' }, right: Shape): Shape {
  const values = left.values.filter((value) => {
    if (right.kind === 'literals') return right.values.includes(value)
    if (right.kind !== 'scalar') return false
    return right.type === 'integer' ? Number.isInteger(value) : typeof value === right.type
  })
  return values.length === 0 ? never : { ...left, values }
}

function objects(left: Shape & { kind: 'object' }, right: Shape & { kind: 'object' }): Shape {
  const fields = new Map<string, Field>(left.fields.map((field) => [field.name, field]))
  for (const field of right.fields) {
    const other = fields.get(field.name)
    const shape: Shape = other === undefined ? field.shape : { kind: 'both', left: other.shape, right: field.shape }
    fields.set(field.name, { name: field.name, shape })
  }
  const rest =
    left.rest !== undefined && right.rest !== undefined
      ? { key: left.rest.key, value: { kind: 'both', left: left.rest.value, right: right.rest.value } as const }
      : (left.rest ?? right.rest)
  return { kind: 'object', fields: [...fields.values()], rest, keywords: keywords(left.keywords, right.keywords) }
}

/** The narrower of two bounds; of two patterns or formats the first, since the schema enforces both. */
function keywords(left: Keywords, right: Keywords): Keywords {
  const merged = { ...right, ...left }
  for (const [keyword, narrower] of Object.entries({
    minimum: Math.max,
    minLength: Math.max,
    minItems: Math.max,
    maximum: Math.min,
    maxLength: Math.min,
    maxItems: Math.min,
  })) {
    const [a, b] = [left[keyword], right[keyword]]
    if (typeof a === 'number' && typeof b === 'number') merged[keyword] = narrower(a, b)
  }
  return merged
}
