/** A small validator for JSON Schema: no code generation, and no regular expression of the schema is run by the built-in engine. */

import type { Issue, Path } from '../issue.ts'
import type { JsonSchema } from '../schema.ts'
import { isRecord } from '../shape.ts'
import { checkNumber, checkString, type Say } from './bounds.ts'
import { jsonEqual } from './equal.ts'
import { matches } from './pattern.ts'
import { listText, typeText, valueText } from './words.ts'

/** Finds a `$ref` in its document; undefined where nothing stands there. */
export type FindReference = (reference: string) => JsonSchema | boolean | undefined

interface Scope {
  readonly find: FindReference
  /** steps that are left: each part of the value adds some, so that only a schema that goes round in itself uses them up */
  credit: number
}

/** All issues of a value; empty where it is valid. */
export function check(json: JsonSchema | boolean, value: unknown, find: FindReference): Issue[] {
  return visit(json, value, { find, credit: 10_000 }, [])
}

function visit(json: JsonSchema | boolean, value: unknown, scope: Scope, path: Path, depth = 0): Issue[] {
  if (json === true) return []
  if (json === false) return [{ path, message: 'nothing is allowed here: leave it out' }]
  if (depth > 256 || --scope.credit < 0) return [{ path, message: 'the value or its schema is nested too deeply' }]
  const issues: Issue[] = []
  const say = (message: string) => issues.push({ path, message })
  const also = (schema: unknown, inner: unknown, at: Path = path) => {
    if (at !== path) scope.credit += 50
    issues.push(...visit(schema as JsonSchema, inner, scope, at, depth + 1))
  }
  const passes = (schema: unknown) => visit(schema as JsonSchema, value, scope, path, depth + 1).length === 0

  if (typeof json['$ref'] === 'string') {
    const target = scope.find(json['$ref'])
    if (target !== undefined) also(target, value)
  }
  if (json.type !== undefined && !hasType(value, json.type)) {
    return [{ path, message: `expected ${typeText(json.type)}, received ${valueText(value)}` }]
  }
  if ('const' in json && !jsonEqual(json['const'], value)) say(`must be ${JSON.stringify(json['const'])}`)
  const values = json['enum']
  if (Array.isArray(values) && !values.some((one) => jsonEqual(one, value))) say(`must be one of ${listText(values)}`)

  for (const schema of list(json['allOf'])) also(schema, value)
  for (const keyword of ['anyOf', 'oneOf'] as const) {
    const options = list(json[keyword])
    if (options.length === 0) continue
    const results = options.map((option) => visit(option, value, scope, path, depth + 1))
    const passed = results.filter((result) => result.length === 0).length
    if (passed === 0) issues.push(...nearest(results))
    else if (keyword === 'oneOf' && passed > 1) say('fits more than one of the alternatives, but must fit exactly one')
  }
  if (json['not'] !== undefined && passes(json['not'])) say(`must not be ${JSON.stringify(json['not']).slice(0, 200)}`)
  if (json['if'] !== undefined) {
    const branch = passes(json['if']) ? json['then'] : json['else']
    if (branch !== undefined) also(branch, value)
  }
  if (typeof value === 'string') checkString(json, value, say)
  else if (typeof value === 'number') checkNumber(json, value, say)
  else if (Array.isArray(value)) checkArray(json, value, say, also, path, scope)
  else if (isRecord(value)) checkObject(json, value, say, also, path, issues)
  return issues
}

type Also = (schema: unknown, inner: unknown, at?: Path) => void

function checkArray(json: JsonSchema, value: readonly unknown[], say: Say, also: Also, path: Path, scope: Scope): void {
  const { minItems, maxItems } = json
  if (typeof minItems === 'number' && value.length < minItems)
    say(`must have at least ${minItems} items, has ${value.length}`)
  if (typeof maxItems === 'number' && value.length > maxItems)
    say(`must have at most ${maxItems} items, has ${value.length}`)
  const old = Array.isArray(json['items'])
  const first = list(old ? json['items'] : json['prefixItems'])
  const rest = old ? json['additionalItems'] : json['items']
  for (const [at, item] of value.entries()) {
    const schema = at < first.length ? first[at] : rest
    if (schema !== undefined) also(schema, item, [...path, at])
  }
  if (json['uniqueItems'] === true && value.length <= 2000) {
    const twice = value.findIndex((item, at) => value.slice(0, at).some((before) => jsonEqual(before, item)))
    if (twice >= 0) say(`must not hold the same item twice: item ${twice} repeats an earlier one`)
  }
  if (json['contains'] !== undefined) {
    const probe = (item: unknown) => visit(json['contains'] as JsonSchema, item, scope, path).length === 0
    if (!value.some(probe)) say('must hold an item as asked by "contains"')
  }
}

function checkObject(
  json: JsonSchema,
  value: Record<string, unknown>,
  say: Say,
  also: Also,
  path: Path,
  issues: Issue[],
): void {
  const properties = json.properties ?? {}
  const required = list(json['required'])
  for (const name of required) {
    if (typeof name === 'string' && !Object.hasOwn(value, name))
      issues.push({ path: [...path, name], message: 'is missing' })
  }
  const { minProperties, maxProperties } = json
  const names = Object.keys(value)
  if (typeof minProperties === 'number' && names.length < minProperties)
    say(`must have at least ${minProperties} properties`)
  if (typeof maxProperties === 'number' && names.length > maxProperties)
    say(`must have at most ${maxProperties} properties`)
  const others = json['additionalProperties']
  const patterns = Object.entries(isRecord(json['patternProperties']) ? json['patternProperties'] : {})
  for (const name of names) {
    const at = [...path, name]
    if (name === '__proto__') {
      issues.push({ path: at, message: 'this name is not allowed' })
      continue
    }
    const matching = patterns.filter(([source]) => matches(source, name) !== false)
    for (const [, schema] of matching) also(schema, value[name], at)
    if (Object.hasOwn(properties, name)) also(properties[name], value[name], at)
    else if (matching.length === 0 && others === false) {
      issues.push({ path: at, message: `is not known here; known are ${listText(Object.keys(properties))}` })
    } else if (matching.length === 0 && others !== undefined) also(others, value[name], at)
    if (json['propertyNames'] !== undefined) also(json['propertyNames'], name, at)
  }
  for (const [name, needed] of Object.entries(isRecord(json['dependentRequired']) ? json['dependentRequired'] : {})) {
    if (!Object.hasOwn(value, name)) continue
    for (const other of list(needed)) {
      if (!Object.hasOwn(value, String(other)))
        issues.push({ path: [...path, String(other)], message: `is missing: it is needed beside ${name}` })
    }
  }
}

/** Of several failed alternatives the one that came furthest: the deepest first issue, then the fewest issues. */
export function nearest(results: readonly (readonly Issue[])[]): readonly Issue[] {
  const depth = (result: readonly Issue[]) => Math.max(0, ...result.map((issue) => issue.path.length))
  return [...results].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? []
}

function hasType(value: unknown, type: string | readonly string[]): boolean {
  if (typeof type !== 'string') return type.some((one) => hasType(value, one))
  switch (type) {
    case 'null':
      return value === null
    case 'array':
      return Array.isArray(value)
    case 'object':
      return isRecord(value)
    case 'integer':
      return Number.isInteger(value)
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
    default:
      return typeof value === type
  }
}

function list(value: unknown): readonly any[] {
  return Array.isArray(value) ? value : []
}
