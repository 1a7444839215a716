/** Reads JSON Schema, draft 7 to 2020-12 and the dialect of OpenAPI 3.0. */

import { findReference } from '../check/find-reference.ts'
import type { Path } from '../issue.ts'
import type { Json, JsonSchema } from '../schema.ts'
import { SchemaError } from '../schema-error.ts'
import {
  annotate,
  anything,
  isRecord,
  type Keywords,
  type Notes,
  never,
  optional,
  type Scalar,
  type Shape,
  text,
} from '../shape.ts'
import { markedShape, valueMark } from './marked.ts'
import type { Io } from './zod.ts'

interface Reading {
  readonly io: Io
  readonly root: JsonSchema
  readonly targets: Map<string, Shape | undefined>
}

/** Told in words and enforced on decode: they do not change the form of a value. */
const wordy = [
  'not',
  'if',
  'then',
  'else',
  'dependentRequired',
  'dependentSchemas',
  'patternProperties',
  'propertyNames',
  'contains',
]

const narrowing: Readonly<Record<string, readonly string[]>> = {
  string: ['minLength', 'maxLength', 'pattern', 'format', 'contentEncoding', 'contentMediaType'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  integer: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  array: ['minItems', 'maxItems', 'uniqueItems'],
  object: ['minProperties', 'maxProperties'],
}

export function readJsonSchema(root: JsonSchema, io: Io): Shape {
  // a tool without parameters is often written { type: 'object' } and nothing more
  if (
    root.type === 'object' &&
    root.properties === undefined &&
    root['additionalProperties'] === undefined &&
    !('$ref' in root) &&
    !hasAlternatives(root)
  ) {
    return annotate({ kind: 'object', fields: [], keywords: {} }, notes(root))
  }
  return read(root, { io, root, targets: new Map() }, [])
}

function hasAlternatives(json: JsonSchema): boolean {
  return ['anyOf', 'oneOf', 'allOf', 'patternProperties', 'propertyNames'].some((keyword) => keyword in json)
}

function read(json: unknown, reading: Reading, path: Path): Shape {
  if (json === true || json === undefined) return anything
  if (json === false) return never
  if (!isRecord(json)) throw new SchemaError(path, `${JSON.stringify(json)?.slice(0, 60)} is not a JSON Schema`)
  if (path.length > 200) throw new SchemaError(path, 'the schema is nested too deeply')
  if (isRecord(json['not']) && Object.keys(json['not']).length === 0 && json[valueMark] === undefined) return never
  const leaf = markedShape(json)
  if (leaf !== undefined) return annotate(leaf, notes(json))
  const parts: Shape[] = []
  if (typeof json['$ref'] === 'string') parts.push(reference(json['$ref'], reading, path))
  const own = form(json, reading, path)
  if (own !== undefined) parts.push(own)
  for (const part of list(json['allOf'])) parts.push(read(part, reading, path))
  for (const keyword of ['anyOf', 'oneOf']) {
    const options = list(json[keyword])
    if (options.length > 0) parts.push({ kind: 'union', options: options.map((option) => read(option, reading, path)) })
  }
  const whole = parts.reduce<Shape | undefined>(
    (left, right) => (left === undefined ? right : { kind: 'both', left, right }),
    undefined,
  )
  return annotate(whole ?? anything, notes(json))
}

/** The form that the keywords of this level describe, without references and alternatives. */
function form(json: JsonSchema, reading: Reading, path: Path): Shape | undefined {
  if ('const' in json) return literalValues([json['const']], path)
  if (Array.isArray(json['enum'])) return literalValues(json['enum'], path)
  const named = json.type ?? impliedType(json)
  if (named === undefined) return undefined
  const types = typeof named === 'string' ? [named] : [...named]
  if (json['nullable'] === true && !types.includes('null')) types.push('null')
  const shapes = types.map((type) => typed(type, json, reading, path))
  const [only, second] = shapes
  return only !== undefined && second === undefined ? only : { kind: 'union', options: shapes }
}

function impliedType(json: JsonSchema): string | undefined {
  if (json.properties !== undefined || isRecord(json['additionalProperties']) || json['required'] !== undefined) {
    return '$ref' in json || hasAlternatives(json) ? (json.properties === undefined ? undefined : 'object') : 'object'
  }
  if (json['items'] !== undefined || json['prefixItems'] !== undefined) return 'array'
  if (json['pattern'] !== undefined || json['minLength'] !== undefined || json['maxLength'] !== undefined)
    return 'string'
  if (json['minimum'] !== undefined || json['maximum'] !== undefined || json['multipleOf'] !== undefined)
    return 'number'
  return undefined
}

function typed(type: string, json: JsonSchema, reading: Reading, path: Path): Shape {
  const keywords: Record<string, Json> = {}
  for (const keyword of narrowing[type] ?? [])
    if (json[keyword] !== undefined) keywords[keyword] = json[keyword] as Json
  switch (type) {
    case 'null':
      return { kind: 'literals', values: [null] }
    case 'string':
    case 'boolean':
    case 'integer':
    case 'number':
      return { kind: 'scalar', type, keywords }
    case 'array':
      return array(json, keywords, reading, path)
    case 'object':
      return object(json, keywords, reading, path)
    default:
      throw new SchemaError(
        path,
        `"${type}" is not a type of JSON Schema`,
        'string, number, integer, boolean, object, array or null',
      )
  }
}

function array(json: JsonSchema, keywords: Keywords, reading: Reading, path: Path): Shape {
  const old = Array.isArray(json['items'])
  const first = list(old ? json['items'] : json['prefixItems'])
  const rest = old ? json['additionalItems'] : json['items']
  if (json[valueMark] === 'set') return { kind: 'set', item: read(rest, reading, [...path, 0]), keywords: {} }
  if (json[valueMark] === 'map' && isRecord(rest)) {
    const [key, value] = list(rest['items'])
    return { kind: 'map', key: read(key, reading, [...path, 'key']), value: read(value, reading, [...path, 'value']) }
  }
  if (first.length === 0) return { kind: 'array', item: read(rest, reading, [...path, 0]), keywords }
  const least = typeof json['minItems'] === 'number' ? json['minItems'] : 0
  const closed = rest === false || (typeof json['maxItems'] === 'number' && json['maxItems'] <= first.length)
  return {
    kind: 'tuple',
    items: first.map((item, at) => {
      const shape = read(item, reading, [...path, at])
      return at < least ? shape : optional(shape)
    }),
    rest: closed ? undefined : read(rest, reading, [...path, first.length]),
  }
}

function object(json: JsonSchema, keywords: Keywords, reading: Reading, path: Path): Shape {
  const properties = isRecord(json.properties) ? json.properties : {}
  const required = new Set(list(json['required']))
  const names = [...new Set([...Object.keys(properties), ...[...required].filter((name) => typeof name === 'string')])]
  const fields = names.map((name) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : true
    const shape = read(property, reading, [...path, name])
    const given = required.has(name) || (reading.io === 'output' && isRecord(property) && 'default' in property)
    return { name, shape: given ? shape : optional(shape) }
  })
  const others =
    json['additionalProperties'] ?? (names.length === 0 && json.properties === undefined ? true : undefined)
  const patterns = Object.values(isRecord(json['patternProperties']) ? json['patternProperties'] : {})
  const values = [...patterns, ...(others === undefined || others === false ? [] : [others])].map((value) =>
    read(value, reading, [...path, '*']),
  )
  const [only, second] = values
  if (only === undefined) return { kind: 'object', fields, keywords }
  const keys = json['propertyNames']
  const key = names.length === 0 && isRecord(keys) ? read(keys, reading, [...path, '*']) : text
  return {
    kind: 'object',
    fields,
    rest: { key, value: second === undefined ? only : { kind: 'union', options: values } },
    keywords,
  }
}

function reference(ref: string, reading: Reading, path: Path): Shape {
  const target = findReference(reading.root, ref)
  if (target === undefined)
    throw new SchemaError(path, `"${ref}" leads nowhere in this schema`, 'a reference to #/$defs of the same document')
  const name = ref === '#' ? 'Root' : decodeURIComponent(ref.split('/').at(-1) ?? 'Definition')
  if (!reading.targets.has(ref)) {
    reading.targets.set(ref, undefined)
    reading.targets.set(ref, read(target, reading, path))
  }
  const known = reading.targets.get(ref)
  if (known !== undefined && leaves.includes(known.kind)) return known
  return { kind: 'reference', name, target: () => reading.targets.get(ref) ?? never }
}

/** Too small to be worth a definition of their own. */
const leaves: readonly Shape['kind'][] = ['scalar', 'literals', 'coded', 'anything']

function literalValues(values: readonly unknown[], path: Path): Shape {
  const [first] = values
  if (values.every((value) => value === null || typeof value !== 'object'))
    return { kind: 'literals', values: values as readonly Scalar[] }
  const options = values.map((value) => literalTree(value, path))
  return options.length === 1 ? literalTree(first, path) : { kind: 'union', options }
}

/** An object or array as a constant: each of its leaves is one. */
function literalTree(value: unknown, path: Path): Shape {
  if (Array.isArray(value)) return { kind: 'tuple', items: value.map((item) => literalTree(item, path)) }
  if (isRecord(value)) {
    return {
      kind: 'object',
      fields: Object.entries(value).map(([name, one]) => ({ name, shape: literalTree(one, path) })),
      keywords: {},
    }
  }
  return { kind: 'literals', values: [value as Scalar] }
}

function notes(json: JsonSchema): Notes | undefined {
  const remarks = wordy
    .filter((keyword) => json[keyword] !== undefined)
    .map((keyword) => `${keyword}: ${JSON.stringify(json[keyword]).slice(0, 200)}.`)
  const { title, description, default: value } = json
  const said = {
    ...(typeof title === 'string' ? { title } : {}),
    ...(typeof description === 'string' ? { description } : {}),
    ...(value === undefined ? {} : { default: value as Json }),
    ...(remarks.length === 0 ? {} : { remarks }),
  }
  return Object.keys(said).length === 0 ? undefined : said
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
