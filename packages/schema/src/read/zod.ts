/** Reads a schema of zod 4 or zod/mini by its definition. */

import type { Path } from '../issue.ts'
import { bigint, bigintLiterals, date, file, notANumber, url } from '../rewrite/codings.ts'
import { SchemaError } from '../schema-error.ts'
import { absent, annotate, anything, isOptional, never, optional, type Scalar, type Shape, text } from '../shape.ts'
import type { $ZodType, $ZodTypes } from '../zod4.ts'
import { zodKeywords } from './zod-keywords.ts'
import { idOf, notesOf, plainDefault } from './zod-notes.ts'

/** Whether a default counts as given by the model (`output`) or may be left to the schema (`input`). */
export type Io = 'input' | 'output'

interface Reading {
  readonly io: Io
  readonly slots: Map<$ZodType, Slot>
}

/** A schema under way or read; a second visit while it is under way makes it recursive. */
interface Slot {
  shape?: Shape
  recursive: boolean
}

export function isZod(schema: object): schema is $ZodType {
  return '_zod' in schema
}

export function readZod(schema: $ZodType, io: Io): Shape {
  return read(schema, { io, slots: new Map() }, [])
}

function read(schema: $ZodType, reading: Reading, path: Path): Shape {
  const { slots } = reading
  const known = slots.get(schema)
  if (known?.shape !== undefined && !known.recursive) return known.shape
  const slot = known ?? { recursive: false }
  const refer = (): Shape => ({
    kind: 'reference',
    name: idOf(schema) ?? 'Recursive',
    target: () => slot.shape ?? never,
  })
  if (known !== undefined) {
    known.recursive = true
    return refer()
  }
  if (path.length > 200) throw new SchemaError(path, 'the schema is nested too deeply')
  slots.set(schema, slot)
  slot.shape = annotate(definition(schema as $ZodTypes, reading, path), notesOf(schema))
  return slot.recursive ? refer() : slot.shape
}

function definition(schema: $ZodTypes, reading: Reading, path: Path): Shape {
  const def = schema._zod.def
  const inner = (part: unknown, key?: string | number) =>
    read(part as $ZodType, reading, key === undefined ? path : [...path, key])
  switch (def.type) {
    case 'string':
    case 'template_literal':
      return { kind: 'scalar', type: 'string', keywords: zodKeywords(schema) }
    case 'number': {
      const { integer, ...keywords } = zodKeywords(schema)
      return { kind: 'scalar', type: integer === true ? 'integer' : 'number', keywords }
    }
    case 'boolean':
    case 'success':
      return { kind: 'scalar', type: 'boolean', keywords: {} }
    case 'null':
      return { kind: 'literals', values: [null] }
    case 'undefined':
    case 'void':
      return absent
    case 'never':
      return never
    case 'any':
    case 'unknown':
      return anything
    case 'bigint':
      return { kind: 'coded', coding: bigint }
    case 'date':
      return { kind: 'coded', coding: date }
    case 'nan':
      return { kind: 'coded', coding: notANumber }
    case 'file':
      return { kind: 'coded', coding: file }
    case 'enum':
      return literals(Object.values(def.entries).filter((value) => typeof def.entries[value] !== 'number'))
    case 'literal':
      return literals(def.values)
    case 'array':
      return { kind: 'array', item: inner(def.element, 0), keywords: zodKeywords(schema) }
    case 'set':
      return { kind: 'set', item: inner(def.valueType, 0), keywords: zodKeywords(schema) }
    case 'map':
      return { kind: 'map', key: inner(def.keyType, 'key'), value: inner(def.valueType, 'value') }
    case 'tuple':
      return {
        kind: 'tuple',
        items: def.items.map((item, at) => inner(item, at)),
        rest: def.rest === null || def.rest === undefined ? undefined : inner(def.rest, def.items.length),
      }
    case 'object': {
      const rest = def.catchall === undefined ? undefined : inner(def.catchall, '*')
      return {
        kind: 'object',
        fields: Object.keys(def.shape).map((name) => ({ name, shape: inner(def.shape[name], name) })),
        rest: rest === undefined || rest.kind === 'never' ? undefined : { key: text, value: rest },
        keywords: {},
      }
    }
    case 'record':
      return record(def as RecordDefinition, reading, path)
    case 'union':
      return { kind: 'union', options: def.options.map((option) => inner(option)) }
    case 'intersection':
      return { kind: 'both', left: inner(def.left), right: inner(def.right) }
    case 'optional':
      return optional(inner(def.innerType))
    case 'nullable':
      return { kind: 'union', options: [inner(def.innerType), { kind: 'literals', values: [null] }] }
    case 'nonoptional':
      return required(inner(def.innerType))
    case 'readonly':
      return inner(def.innerType)
    case 'catch':
      return inner(def.innerType)
    case 'default':
    case 'prefault': {
      const value = plainDefault(def.defaultValue)
      const shape = inner(def.innerType)
      return reading.io === 'output' ? annotate(shape, { default: value }) : optional(shape, { default: value })
    }
    case 'lazy':
      return isJsonSchema(schema) ? anything : inner(def.getter())
    case 'pipe': {
      const { truthy, falsy } = schema._zod.bag as { truthy?: readonly string[]; falsy?: readonly string[] }
      if (truthy !== undefined && falsy !== undefined) {
        return { ...text, notes: { remarks: [`Yes: ${truthy.join(', ')}. No: ${falsy.join(', ')}.`] } }
      }
      // a preprocess step takes anything; what it feeds says more
      return inner(def.in._zod.def.type === 'transform' ? def.out : def.in)
    }
    case 'custom': {
      const { Class } = schema._zod.bag as { Class?: unknown }
      if (Class === URL) return { kind: 'coded', coding: url }
      if (Class === Date) return { kind: 'coded', coding: date }
      throw new SchemaError(
        path,
        'a custom schema (z.custom, z.instanceof) cannot be described to a model',
        'a schema of what the model writes, then .transform() or .refine()',
      )
    }
    case 'transform':
      throw new SchemaError(
        path,
        'a transform without a schema before it cannot be described to a model',
        'z.string().transform(…)',
      )
    case 'promise':
    case 'function':
    case 'symbol':
      throw new SchemaError(path, `a ${def.type} cannot be described to a model`, 'plain data')
  }
}

interface RecordDefinition {
  readonly keyType: $ZodType
  readonly valueType: $ZodType
  readonly mode?: string | undefined
  readonly partial?: boolean | undefined
}

function record(def: RecordDefinition, reading: Reading, path: Path): Shape {
  const key = read(def.keyType, reading, [...path, '*'])
  // a loose record hands on the keys that it does not know, whatever is in them
  const value = def.mode === 'loose' ? anything : read(def.valueType, reading, [...path, '*'])
  const names = def.mode === 'loose' ? undefined : keyNames(key)
  if (names === undefined) {
    // numbers as keys are text on the wire as they are in the object
    const keyText = key.kind === 'scalar' && key.type === 'string' ? key : { ...text, notes: key.notes }
    return { kind: 'object', fields: [], rest: { key: keyText, value }, keywords: {} }
  }
  const every = def.partial !== true && def.keyType._zod.values !== undefined
  const fields = names.map((name) => ({ name, shape: every ? value : optional(value) }))
  return { kind: 'object', fields, keywords: {} }
}

function keyNames(key: Shape): readonly string[] | undefined {
  if (key.kind === 'literals') return key.values.map(String)
  if (key.kind !== 'union') return undefined
  const parts = key.options.map(keyNames)
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined
}

function literals(values: readonly unknown[]): Shape {
  const scalars = values.filter((value): value is Scalar => value !== undefined && typeof value !== 'bigint')
  const bigints = values.filter((value) => typeof value === 'bigint')
  const options: Shape[] = []
  if (scalars.length > 0) options.push({ kind: 'literals', values: scalars })
  if (bigints.length > 0) options.push({ kind: 'coded', coding: bigintLiterals(bigints) })
  if (values.includes(undefined)) options.push(absent)
  const [only, second] = options
  if (only === undefined) return never
  return second === undefined ? only : { kind: 'union', options }
}

function required(shape: Shape): Shape {
  if (shape.kind !== 'union' || !isOptional(shape)) return shape
  const options = shape.options.filter((option) => option.kind !== 'absent').map(required)
  const [only, second] = options
  return only !== undefined && second === undefined ? annotate(only, shape.notes) : { ...shape, options }
}

/** `z.json()`: described as one JSON value, not as the recursive union that it is built from. */
function isJsonSchema(schema: $ZodTypes): boolean {
  if (schema._zod.def.type !== 'lazy') return false
  const union = (schema._zod.def.getter() as $ZodTypes)._zod.def
  if (union.type !== 'union') return false
  const kinds = union.options.map((option) => (option as $ZodTypes)._zod.def.type)
  if (kinds.join() !== 'string,number,boolean,null,array,record') return false
  const array = (union.options[4] as $ZodTypes)._zod.def
  return array.type === 'array' && array.element === schema
}
