/** From a shape to its form on the wire: the JSON Schema and the way back. */

import type { Path } from '../issue.ts'
import { intersect } from '../read/intersect.ts'
import { jsonText } from '../rewrite/codings.ts'
import { arrayTupleWire, arrayWire, keyedTupleWire, setWire } from '../rewrite/list.ts'
import { objectWire } from '../rewrite/object.ts'
import { mapWire, recordWire } from '../rewrite/pairs.ts'
import { decodeWith, encodeWith, type Rewrite, type Wire } from '../rewrite/rewrite.ts'
import { unionWire } from '../rewrite/union.ts'
import { SchemaError } from '../schema-error.ts'
import { annotate, goesRound, isOptional, isRecord, type Keywords, type Shape } from '../shape.ts'
import { annotations, strictKeywords } from '../strict/keywords.ts'
import { type Definition, Definitions, literalsJson } from './definitions.ts'

interface Context {
  readonly strict: boolean
  readonly definitions: Definitions
  nodes: number
}

/** Protects the process from a schema that unfolds without end (they may come from other servers). */
const mostNodes = 50_000

/** @returns a wire whose JSON has an object at its root: anything else is put into `{ value: … }` */
export function compile(shape: Shape, strict: boolean): Wire {
  const definitions = new Definitions()
  const context: Context = { strict, definitions, nodes: 0 }
  const start = shape.kind === 'reference' && !goesRound(shape) ? shape.target() : shape
  const root = start.kind === 'both' ? annotate(intersect(start.left, start.right, []), start.notes) : start
  const bare = root.kind === 'object' && (!strict || root.fields.length > 0 || root.rest === undefined)
  if (!bare) {
    const inner = wireOf(shape, context, [])
    const { json } = objectWire([{ name: 'value', wire: inner, optional: false }], undefined, true)
    return { json: { ...json, ...definitions.json() }, rewrite: envelope(inner.rewrite) }
  }
  const own = definitions.addRoot(start)
  const wire = wireOf(root, context, [])
  own.wire = wire
  return { json: { ...wire.json, ...definitions.json() }, rewrite: wire.rewrite }
}

function envelope(inner: Rewrite | undefined): Rewrite {
  // a server that ignores the schema may have left the envelope out
  const open = (wire: unknown) => (isRecord(wire) && Object.hasOwn(wire, 'value') ? wire['value'] : wire)
  return {
    mark: `envelope(${inner?.mark ?? ''})`,
    decode: (wire) => decodeWith(inner, open(wire)),
    encode: (value) => ({ value: encodeWith(inner, value) ?? null }),
    live: { kind: 'envelope', inner },
  }
}

function wireOf(shape: Shape, context: Context, path: Path): Wire {
  if (++context.nodes > mostNodes) throw new SchemaError(path, `the schema has more than ${mostNodes} parts`)
  const wire = bareWire(shape, context, path)
  const words = annotations(shape.notes, [])
  if (Object.keys(words).length === 0) return wire
  // a $ref may have no siblings
  const json = '$ref' in wire.json ? { anyOf: [wire.json] } : wire.json
  const { description } = json
  const both =
    typeof description === 'string' && typeof words['description'] === 'string'
      ? `${words['description']} ${description}`
      : undefined
  return { ...wire, json: { ...words, ...json, ...words, ...(both === undefined ? {} : { description: both }) } }
}

function bareWire(shape: Shape, context: Context, path: Path): Wire {
  const { strict } = context
  const inner = (part: Shape, key: string | number): Wire => wireOf(part, context, [...path, key])
  switch (shape.kind) {
    case 'anything':
      return strict ? coded(jsonText, context, path) : { json: {} }
    case 'never':
      throw new SchemaError(
        path,
        'no value is allowed here, so a model can write none',
        'z.unknown() or leave the field out',
      )
    case 'absent':
      return unionWire([], true, context.definitions)
    case 'scalar':
      return narrowed({ json: { type: shape.type } }, shape.type, shape.keywords, strict)
    case 'literals':
      return { json: literalsJson(shape.values) }
    case 'object':
      return objectShape(shape, context, path)
    case 'array':
      return narrowed(arrayWire(inner(shape.item, 0)), 'array', shape.keywords, strict)
    case 'set':
      return narrowed(setWire(inner(shape.item, 0)), 'array', shape.keywords, strict)
    case 'map':
      return mapWire(inner(shape.key, 'key'), inner(shape.value, 'value'))
    case 'tuple': {
      const items = shape.items.map((item, at) => inner(item, at))
      const rest = shape.rest === undefined ? undefined : inner(shape.rest, items.length)
      const least = shape.items.findLastIndex((item) => !isOptional(item)) + 1
      return strict ? keyedTupleWire(items, rest) : arrayTupleWire(items, rest, least)
    }
    case 'union':
      return unionShape(shape, context, path)
    case 'both':
      return wireOf(intersect(shape.left, shape.right, path), context, path)
    case 'coded':
      return coded(shape.coding, context, path)
    case 'reference':
      return reference(shape, context, path)
  }
}

function coded(coding: (Shape & { kind: 'coded' })['coding'], context: Context, path: Path): Wire {
  const { json } = wireOf(coding.wire, context, path)
  const rewrite: Rewrite = {
    mark: coding.name,
    decode: (wire) => coding.decode(wire),
    encode: (value) => coding.encode(value),
    // JSON text is no value of the user's until it is complete
    live: json.type === 'string' && coding !== jsonText ? { kind: 'text' } : undefined,
  }
  return { json, rewrite }
}

function narrowed(wire: Wire, type: string, keywords: Keywords, strict: boolean): Wire {
  if (!strict) return { ...wire, json: { ...wire.json, ...keywords } }
  const { kept, told } = strictKeywords(type, keywords)
  return { ...wire, json: { ...wire.json, ...annotations(undefined, told), ...kept } }
}

function objectShape(shape: Shape & { kind: 'object' }, context: Context, path: Path): Wire {
  const { strict } = context
  const forbidden = shape.fields.find((field) => field.name === '__proto__')
  if (forbidden !== undefined)
    throw new SchemaError([...path, '__proto__'], 'this property name is unsafe', 'another name')
  const fields = shape.fields
    .filter((field) => !isOnlyAbsent(field.shape))
    .map(({ name, shape: field }) => ({
      name,
      optional: isOptional(field),
      wire: wireOf(strict ? field : present(field), context, [...path, name]),
    }))
  const told = strict ? strictKeywords('object', shape.keywords).told : []
  const say = (wire: Wire): Wire => ({
    ...wire,
    json: { ...wire.json, ...(strict ? annotations(undefined, told) : shape.keywords) },
  })
  if (shape.rest === undefined) return say(objectWire(fields, undefined, strict))
  const value = wireOf(shape.rest.value, context, [...path, '*'])
  if (!strict) return say(objectWire(fields, { property: undefined, wire: value }, false))
  const pairs = recordWire(wireOf(shape.rest.key, context, [...path, '*']), value)
  if (fields.length === 0) return say(pairs)
  const names = new Set(fields.map((field) => field.name))
  let property = 'other_properties'
  while (names.has(property)) property = `_${property}`
  return say(objectWire(fields, { property, wire: pairs }, true))
}

/** `z.undefined()`, or an optional field that allows no value at all: it never stands on the wire. */
function isOnlyAbsent(shape: Shape): boolean {
  if (shape.kind === 'union')
    return (
      shape.options.some(isOptional) && shape.options.every((option) => isOnlyAbsent(option) || option.kind === 'never')
    )
  return shape.kind === 'absent'
}

/** In the loose form a field that may be left out is just not required. */
function present(shape: Shape): Shape {
  if (shape.kind !== 'union') return shape
  const options = shape.options.filter((option) => option.kind !== 'absent').map(present)
  const [only, second] = options
  return only !== undefined && second === undefined
    ? { ...only, notes: { ...only.notes, ...shape.notes } }
    : { ...shape, options }
}

function unionShape(shape: Shape & { kind: 'union' }, context: Context, path: Path): Wire {
  const flat = shape.options.flatMap(flatten).filter((option) => option.kind !== 'never')
  const present = flat.filter((option) => option.kind !== 'absent')
  if (flat.length === 0) return bareWire({ kind: 'never' }, context, path)
  const options = present.map((option) => ({
    shape: option,
    wire: wireOf(option, context, path),
    name: optionName(option),
  }))
  return unionWire(options, present.length < flat.length, context.definitions)
}

/** A union in a union is one union, unless the inner one has a description of its own to keep. */
function flatten(shape: Shape): readonly Shape[] {
  if (shape.kind !== 'union') return [shape]
  if (shape.notes?.description === undefined) return shape.options.flatMap(flatten)
  if (!isOptional(shape)) return [shape]
  return [{ kind: 'absent' }, annotate(present(shape), shape.notes)]
}

function optionName(shape: Shape): string {
  if (shape.notes?.title !== undefined) return shape.notes.title
  switch (shape.kind) {
    case 'scalar':
      return shape.type
    case 'coded':
      return shape.coding.name
    case 'reference':
      return shape.name
    case 'object':
      return shape.fields.length === 0 && shape.rest !== undefined ? 'record' : 'object'
    default:
      return shape.kind
  }
}

function reference(shape: Shape & { kind: 'reference' }, context: Context, path: Path): Wire {
  const { definitions } = context
  const target = shape.target()
  const known = definitions.of(target)
  if (known === undefined && goesRound(target)) {
    throw new SchemaError(
      path,
      'this schema is nothing but itself',
      'a schema that refers to itself from within an object or a list',
    )
  }
  const definition = known ?? definitions.add(target, shape.name)
  if (known === undefined) definition.wire = wireOf(target, context, path)
  const identical = definition.wire !== undefined && definition.wire.rewrite === undefined
  return { json: { $ref: definition.reference }, rewrite: identical ? undefined : lazily(definition) }
}

/** Stands for no rewriting at all, where that is found out late. */
const transparent = { kind: 'fields', at: () => undefined } as const

/** A recursive shape is met again before its own rewriting exists. */
function lazily(definition: Definition): NonNullable<Wire['rewrite']> {
  return {
    mark: definition.reference,
    get live() {
      return definition.wire?.rewrite === undefined ? transparent : definition.wire.rewrite.live
    },
    decode: (wire) => decodeWith(definition.wire?.rewrite, wire),
    encode: (value) => encodeWith(definition.wire?.rewrite, value),
  }
}
