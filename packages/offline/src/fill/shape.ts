// A JSON Schema seen as one of a few shapes: references followed, the null of an optional field taken off.
import { asObject, field, type JsonObject } from '../wire/json-object.ts'

/** What a value must be. `nullable` also for a field that may be left out. */
export type Shape = { readonly nullable: boolean; readonly description: string } & (
  | { readonly type: 'string'; readonly format: string | undefined; readonly pattern: RegExp | undefined }
  | { readonly type: 'number'; readonly integer: boolean; readonly least: number; readonly most: number }
  | { readonly type: 'boolean' }
  | { readonly type: 'enum'; readonly values: readonly (string | number | boolean | null)[] }
  | { readonly type: 'array'; readonly items: unknown; readonly least: number }
  | { readonly type: 'object'; readonly properties: readonly Property[] }
  | { readonly type: 'union'; readonly options: readonly unknown[] }
  | { readonly type: 'unknown' }
)

/** One property of an object; `required` as the schema says it, whether or not null is allowed. */
export interface Property {
  readonly name: string
  readonly schema: unknown
  readonly required: boolean
}

/** Reads `schema`; `root` is where its `#/...` references start. */
export function shapeOf(schema: unknown, root: unknown, depth = 0): Shape {
  const given = follow(schema, root)
  const base = { nullable: false, description: text(given, 'description') ?? '' }
  if (!given || depth > 20) return { ...base, type: 'unknown' }
  const options = list(field(given, 'anyOf') ?? field(given, 'oneOf'))
  if (options) {
    const real = options.filter((option) => field(follow(option, root), 'type') !== 'null')
    const nullable = real.length < options.length
    if (real.length !== 1) return { ...base, nullable, type: 'union', options: real }
    const inner = shapeOf(real[0], root, depth + 1)
    return { ...inner, nullable: nullable || inner.nullable, description: base.description || inner.description }
  }
  const all = list(field(given, 'allOf'))
  if (all?.length === 1) return shapeOf(all[0], root, depth + 1)
  const types = [field(given, 'type')].flat()
  const named = { ...base, nullable: types.includes('null') }
  if (Object.hasOwn(given, 'const')) return { ...named, type: 'enum', values: scalars([given['const']]) }
  const values = list(field(given, 'enum'))
  if (values)
    return {
      ...named,
      nullable: named.nullable || values.includes(null),
      type: 'enum',
      values: scalars(values).filter((value) => value !== null),
    }
  const real = types.filter((type) => type !== 'null')
  if (real.length > 1) return { ...named, type: 'union', options: real.map((type) => ({ ...given, type })) }
  return byType(real[0], given, named)
}

function byType(
  type: unknown,
  given: JsonObject,
  base: { readonly nullable: boolean; readonly description: string },
): Shape {
  switch (type) {
    case 'string':
      return { ...base, type, format: text(given, 'format'), pattern: regExp(text(given, 'pattern')) }
    case 'number':
    case 'integer': {
      const least = number(given, 'minimum') ?? number(given, 'exclusiveMinimum') ?? Number.NEGATIVE_INFINITY
      const most = number(given, 'maximum') ?? number(given, 'exclusiveMaximum') ?? Number.POSITIVE_INFINITY
      return { ...base, type: 'number', integer: type === 'integer', least, most }
    }
    case 'boolean':
      return { ...base, type }
    case 'array':
      return { ...base, type, items: field(given, 'items'), least: number(given, 'minItems') ?? 0 }
    default: {
      const properties = asObject(field(given, 'properties'))
      if (!properties) return { ...base, type: type === 'object' ? 'object' : 'unknown', properties: [] }
      const required = list(field(given, 'required')) ?? []
      return {
        ...base,
        type: 'object',
        properties: Object.entries(properties).map(([name, schema]) => ({
          name,
          schema,
          required: required.includes(name),
        })),
      }
    }
  }
}

function follow(schema: unknown, root: unknown): JsonObject | undefined {
  let given = asObject(schema)
  for (let hops = 0; hops < 20; hops++) {
    const reference = field(given, '$ref')
    if (typeof reference !== 'string' || !reference.startsWith('#')) return given
    const steps = reference
      .slice(1)
      .split('/')
      .filter(Boolean)
      .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
    given = asObject(steps.reduce<unknown>((at, step) => field(asObject(at), step), root))
  }
  return given
}

function text(from: JsonObject | undefined, key: string): string | undefined {
  const value = field(from, key)
  return typeof value === 'string' ? value : undefined
}

function number(from: JsonObject, key: string): number | undefined {
  const value = field(from, key)
  return typeof value === 'number' ? value : undefined
}

function list(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined
}

function scalars(values: readonly unknown[]): readonly (string | number | boolean | null)[] {
  return values.filter((value) => value === null || ['string', 'number', 'boolean'].includes(typeof value)) as (
    | string
    | number
    | boolean
    | null
  )[]
}

function regExp(pattern: string | undefined): RegExp | undefined {
  try {
    return pattern === undefined ? undefined : new RegExp(pattern, 'u')
  } catch {
    return undefined
  }
}
