/** Which JSON a zod schema gives back just as it came: told without zod, since most arguments of most tools are such. */

import { isRecord } from '../shape.ts'
import type { $ZodCheck, $ZodType, $ZodTypes } from '../zod4.ts'

/**
 * True: zod takes this JSON and changes nothing in it, not even the order of its keys; it is frozen at every depth then.
 * False says nothing: ask zod. Only for what `JSON.parse` made and nobody else holds.
 */
export type Keeps = (json: unknown) => boolean

/** @returns undefined where code of the user has a say (a refinement, a transform), or where the form alone does not tell */
export function zodKeeps(schema: $ZodType): Keeps | undefined {
  const keeps = keepsOf(schema, new Map())
  return keeps && ((json) => !allInherit() && keeps(json))
}

/** A schema is not known while it is under way: one that holds itself is left to zod. */
function keepsOf(schema: $ZodType, known: Map<unknown, Keeps | undefined>): Keeps | undefined {
  if (known.has(schema)) return known.get(schema)
  known.set(schema, undefined)
  const form = isZodsOwn(schema) ? formOf(schema as $ZodTypes, (part) => keepsOf(part as $ZodType, known)) : undefined
  const keeps = form && checked(form, schema)
  known.set(schema, keeps)
  return keeps
}

/** Who derives a kind of schema from one of zod's may have changed what it does. */
function isZodsOwn({ _zod: { traits } }: $ZodType): boolean {
  return [...traits].every((trait) => /^[_$]?Zod/.test(trait))
}

const isText: Keeps = (json) => typeof json === 'string'
const isNumber: Keeps = (json) => typeof json === 'number' && Number.isFinite(json)
const isTruth: Keeps = (json) => typeof json === 'boolean'

function formOf(schema: $ZodTypes, keepsIn: (part: unknown) => Keeps | undefined): Keeps | undefined {
  const { def } = schema._zod
  switch (def.type) {
    case 'string':
      return isText
    case 'number':
      return isNumber
    case 'boolean':
      return isTruth
    case 'null':
      return (json) => json === null
    case 'enum':
    case 'literal': {
      const values: ReadonlySet<unknown> | undefined = schema._zod.values
      return values && ((json) => values.has(json))
    }
    case 'nullable': {
      const inner = keepsIn(def.innerType)
      return inner && ((json) => json === null || inner(json))
    }
    case 'optional':
    case 'default':
    case 'prefault': {
      const inner = keepsIn(def.innerType)
      return inner && ((json) => json !== undefined && inner(json))
    }
    case 'array': {
      const item = keepsIn(def.element)
      return item && keepsItems(item)
    }
    case 'object': {
      const shape = def.shape as Readonly<Record<string | symbol, $ZodTypes>>
      const fields = Reflect.ownKeys(shape).map((name) => fieldOf(name, shape[name] as $ZodTypes, keepsIn))
      return fields.every((field) => field !== undefined) ? keepsFields(fields) : undefined
    }
    default:
      return undefined
  }
}

function keepsItems(item: Keeps): Keeps {
  return (json) => {
    if (!Array.isArray(json)) return false
    for (let at = 0; at < json.length; at += 1) if (!item(json[at])) return false
    Object.freeze(json)
    return true
  }
}

interface Field {
  readonly name: string
  /** nothing takes its place where it is left out */
  readonly mayMiss: boolean
  readonly keeps: Keeps
  /** what to look at where that is all: it costs less than a call of `keeps` */
  readonly look: 'string' | 'number' | 'boolean' | 'further'
}

/** Not of a name that is looked for in texts, nor of a key that no JSON has. */
function fieldOf(
  name: string | symbol,
  schema: $ZodTypes,
  keepsIn: (part: unknown) => Keeps | undefined,
): Field | undefined {
  const keeps = keepsIn(schema)
  if (keeps === undefined || typeof name === 'symbol' || name === '__proto__' || name === 'prototype') return undefined
  const look = keeps === isText ? 'string' : keeps === isNumber ? 'number' : keeps === isTruth ? 'boolean' : 'further'
  return { name, mayMiss: mayMiss(schema), keeps, look }
}

function mayMiss({ _zod: { def } }: $ZodTypes): boolean {
  if (def.type !== 'optional') return false
  let inner = (def.innerType as $ZodTypes)._zod.def
  while (inner.type === 'optional' || inner.type === 'nullable') inner = (inner.innerType as $ZodTypes)._zod.def
  return inner.type !== 'default' && inner.type !== 'prefault'
}

/** Zod puts keys into the order of the schema and drops those it does not know: such objects are its own to judge. */
function keepsFields(fields: readonly Field[]): Keeps {
  return (json) => {
    if (!isRecord(json)) return false
    let at = 0
    for (const name in json) {
      let field = fields[at++]
      while (field?.mayMiss && field.name !== name) field = fields[at++]
      if (field?.name !== name || !fits(json[name], field)) return false
    }
    while (at < fields.length) if (!fields[at++]?.mayMiss) return false
    Object.freeze(json)
    return true
  }
}

function fits(json: unknown, { look, keeps }: Field): boolean {
  switch (look) {
    case 'string':
      return typeof json === 'string'
    case 'number':
      return typeof json === 'number' && Number.isFinite(json)
    case 'boolean':
      return typeof json === 'boolean'
    default:
      return keeps(json)
  }
}

const empty = {}

/** Whether the application has hung keys on all objects: one look at that is far cheaper than to ask whose each key is. */
function allInherit(): boolean {
  for (const _ in empty) return true
  return false
}

/** Zod's checks that look at the value, change nothing and run no code of the user. */
const pure = new Set([
  'greater_than',
  'less_than',
  'multiple_of',
  'number_format',
  'min_length',
  'max_length',
  'length_equals',
  'string_format',
])

/** The form and zod's own checks, by zod's own code: their finer points differ between its versions. */
function checked(form: Keeps, schema: $ZodType): Keeps | undefined {
  const { def, run, parse, traits } = schema._zod
  // z.email() and z.int() are their own first check
  const all: readonly unknown[] = [...(traits.has('$ZodCheck') ? [schema] : []), ...(def.checks ?? [])]
  const checks = all.map((check) => (check as $ZodCheck<unknown>)._zod)
  // One that was compiled or wrapped runs otherwise than it parses.
  if (checks.length === 0) return run === parse ? form : undefined
  if (checks.some(({ def }) => !pure.has(def.check) || 'fn' in def)) return undefined
  return (json) => {
    if (!form(json)) return false
    const payload = { value: json, issues: [] }
    // Those too that zod would skip: to ask it once more is right in any case.
    for (const check of checks) {
      check.check(payload)
      if (payload.issues.length > 0 || payload.value !== json) return false
    }
    return true
  }
}
