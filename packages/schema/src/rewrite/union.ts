/** Unions: `anyOf`, with a tag where the wire alone could not tell the options apart. */

import type { JsonSchema } from '../schema.ts'
import { isRecord, type Shape } from '../shape.ts'
import { fits } from './fits.ts'
import { literals, overlap, type Resolve, types } from './overlap.ts'
import type { Live, Rewrite, Wire } from './rewrite.ts'

export interface Option {
  readonly shape: Shape
  readonly wire: Wire
  /** what a tag calls it */
  readonly name: string
}

/** Tells whether a value of the wire is valid for a schema of the wire. */
export type Accepts = (json: JsonSchema, value: unknown) => boolean

export interface UnionContext {
  readonly resolve: Resolve
  readonly accepts: Accepts
}

/** @param mayBeAbsent adds a form for "left out": null, or a mark where null is a value of its own */
export function unionWire(options: readonly Option[], mayBeAbsent: boolean, context: UnionContext): Wire {
  const told = ambiguous(options, context.resolve) ? tagged(options) : options
  const nullable = told.some((option) => overlap(option.wire.json, nullJson, context.resolve))
  const absentJson = mayBeAbsent ? (nullable ? leftOut(told, context.resolve) : nullJson) : undefined
  const json = anyOf([...told.map((option) => option.wire.json), ...(absentJson === undefined ? [] : [absentJson])])
  if (absentJson === undefined && told.every((option) => option.wire.rewrite === undefined)) return { json }
  return { json, rewrite: unionRewrite(told, absentJson, context) }
}

const nullJson: JsonSchema = { type: 'null' }

/** The form of "left out" beside null: an object that no option could be taken for. */
function leftOut(options: readonly Option[], resolve: Resolve, name = 'left_out'): JsonSchema {
  const json: JsonSchema = {
    type: 'object',
    description: 'Stands for "not given", which is not the same as null.',
    properties: { [name]: { type: 'boolean', const: true } },
    required: [name],
    additionalProperties: false,
  }
  // an option that takes anything (it has no strict form) overlaps with every name
  const taken = name.length < 16 && options.some((option) => overlap(option.wire.json, json, resolve))
  return taken ? leftOut(options, resolve, `_${name}`) : json
}

function ambiguous(options: readonly Option[], resolve: Resolve): boolean {
  const marks = options.map((option) => option.wire.rewrite?.mark ?? '')
  if (new Set(marks).size < 2) return false
  // so many are not compared in pairs
  if (options.length > 500) return true
  return options.some(({ wire: { json } }, at) =>
    options.some((other, index) => index > at && marks[index] !== marks[at] && overlap(json, other.wire.json, resolve)),
  )
}

/** Each option but null as `{ variant: <its name>, value: … }`. */
function tagged(options: readonly Option[]): readonly Option[] {
  const names = new Map<string, number>()
  return options.map((option) => {
    if (option.wire.json.type === 'null') return option
    const count = (names.get(option.name) ?? 0) + 1
    names.set(option.name, count)
    const tag = count === 1 ? option.name : `${option.name}_${count}`
    const { json, rewrite } = option.wire
    return {
      ...option,
      wire: {
        json: {
          type: 'object',
          properties: { variant: { type: 'string', const: tag }, value: json },
          required: ['variant', 'value'],
          additionalProperties: false,
        },
        rewrite: {
          mark: `tag(${tag}:${rewrite?.mark ?? ''})`,
          decode: (wire) => {
            const inner = isRecord(wire) && wire['variant'] === tag && 'value' in wire ? wire['value'] : wire
            return rewrite === undefined ? inner : rewrite.decode(inner)
          },
          encode: (value) => ({ variant: tag, value: rewrite === undefined ? value : rewrite.encode(value) }),
        },
      },
    }
  })
}

function unionRewrite(
  options: readonly Option[],
  absentJson: JsonSchema | undefined,
  { accepts, resolve }: UnionContext,
): Rewrite {
  const byType = new Map<string, readonly Option[]>()
  for (const type of ['object', 'array', 'string', 'number', 'boolean', 'null']) {
    byType.set(
      type,
      options.filter((option) => jsonTypes(option.wire.json, resolve).has(type)),
    )
  }
  const nullIsAbsent = absentJson === nullJson
  const [mark = ''] = Object.keys(absentJson?.properties ?? {})
  const isLeftOut = (wire: unknown) => isRecord(wire) && wire[mark] === true && Object.keys(wire).length === 1
  const marks = options.map((option) => option.wire.rewrite?.mark ?? '')
  const only = new Set(marks).size === 1 ? options[0] : undefined
  const pick = (wire: unknown): Option | undefined => {
    if (only !== undefined) return only
    const candidates = byType.get(jsonType(wire)) ?? []
    if (candidates.length < 2) return candidates[0]
    return (
      candidates.find((option) => knowsKeys(resolve(option.wire.json), wire) && accepts(option.wire.json, wire)) ??
      candidates.find((option) => accepts(option.wire.json, wire)) ??
      candidates.find((option) => sameConstants(resolve(option.wire.json), wire)) ??
      candidates[0]
    )
  }
  const absentMark = absentJson === undefined ? '' : nullIsAbsent ? '?' : '??'
  return {
    live: liveUnion(options, only, absentJson === undefined ? undefined : nullIsAbsent),
    mark: only === undefined || options.length === 1 ? `(${marks.join('|')})${absentMark}` : `${marks[0]}${absentMark}`,
    decode(wire) {
      if (absentJson !== undefined && (nullIsAbsent ? wire === null : isLeftOut(wire))) return undefined
      const rewrite = pick(wire)?.wire.rewrite
      return rewrite === undefined ? wire : rewrite.decode(wire)
    },
    encode(value) {
      if (value === undefined && absentJson !== undefined) return nullIsAbsent ? null : { [mark]: true }
      const option =
        options.find(({ shape }) => fits(shape, value, true)) ?? options.find(({ shape }) => fits(shape, value, false))
      const rewrite = option?.wire.rewrite
      return rewrite === undefined ? value : rewrite.encode(value)
    },
  }
}

/** The loose form leaves objects open; the option that knows every key is still the better one. */
function knowsKeys({ properties }: JsonSchema, wire: unknown): boolean {
  return !isRecord(wire) || properties === undefined || Object.keys(wire).every((key) => Object.hasOwn(properties, key))
}

/** @param absentIsNull undefined where no value may be left out */
function liveUnion(
  options: readonly Option[],
  only: Option | undefined,
  absentIsNull: boolean | undefined,
): Live | undefined {
  const inner = only?.wire.rewrite
  if (absentIsNull !== undefined)
    return only === undefined && options.length > 0 ? undefined : { kind: 'optional', absentIsNull, inner }
  return only === undefined ? undefined : inner?.live
}

/** An object that carries the constants of an option means this option, however wrong the rest of it is. */
function sameConstants(json: JsonSchema, wire: unknown): boolean {
  if (!isRecord(wire) || json.properties === undefined) return false
  const constants = Object.entries(json.properties).filter(([, property]) => 'const' in property)
  return constants.length > 0 && constants.every(([name, property]) => literals(property)?.includes(wire[name]))
}

function anyOf(options: readonly JsonSchema[]): JsonSchema {
  const flat = options.flatMap((option) =>
    isBareAnyOf(option) ? (option['anyOf'] as readonly JsonSchema[]) : [option],
  )
  const [first, second] = flat
  if (first === undefined) return {}
  if (second === undefined) return first
  if (flat.length === 2 && second.type === 'null' && Object.keys(second).length === 1)
    return nullableScalar(first) ?? { anyOf: flat }
  return { anyOf: flat }
}

function isBareAnyOf(json: JsonSchema): boolean {
  return Array.isArray(json['anyOf']) && Object.keys(json).length === 1
}

/** `type: ["string", "null"]`, shorter than `anyOf` and just as well known to servers. */
function nullableScalar(json: JsonSchema): JsonSchema | undefined {
  if (typeof json.type !== 'string' || ['object', 'array', 'null'].includes(json.type)) return undefined
  const { const: constant, ...rest } = json
  const values = literals(json)
  return { ...rest, type: [json.type, 'null'], ...(values === undefined ? {} : { enum: [...values, null] }) }
}

function jsonType(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

function jsonTypes(json: JsonSchema, resolve: Resolve, depth = 0): ReadonlySet<string> {
  const target = resolve(json)
  const inner = target['anyOf']
  if (Array.isArray(inner) && depth < 8)
    return new Set(inner.flatMap((one: JsonSchema) => [...jsonTypes(one, resolve, depth + 1)]))
  return new Set(types(target).map((type) => (type === 'integer' ? 'number' : type)))
}
