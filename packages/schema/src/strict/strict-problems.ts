/** The rules of the strict subset, as a checker: https://platform.openai.com/docs/guides/structured-outputs#supported-schemas */

import { findReference } from '../check/find-reference.ts'
import type { JsonSchema } from '../schema.ts'
import { isRecord } from '../shape.ts'
import { acceptedFormats } from './keywords.ts'

/** The limits of one whole schema. */
const limits = {
  properties: 5000,
  levels: 10,
  characters: 120_000,
  enumValues: 1000,
  longEnum: 250,
  longEnumCharacters: 15_000,
}

const annotations = ['title', 'description', '$comment', 'examples', '$defs', 'definitions', '$schema']

const keywordsOf: Readonly<Record<string, readonly string[]>> = {
  object: ['properties', 'required', 'additionalProperties'],
  array: ['items', 'minItems', 'maxItems'],
  string: ['pattern', 'format'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  integer: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  boolean: [],
  null: [],
}

interface Tally {
  properties: number
  characters: number
  enumValues: number
}

/** Why a strict server would refuse this schema; empty when it would not. Each line begins with a JSON pointer. */
export function strictProblems(json: JsonSchema): readonly string[] {
  const problems: string[] = []
  const tally: Tally = { properties: 0, characters: 0, enumValues: 0 }
  const say: Say = (at, problem) => {
    problems.push(`#${at}: ${problem}`)
    return undefined
  }
  if (json.type !== 'object') say('', 'the root must have type "object"')
  if ('anyOf' in json) say('', 'the root must not be an anyOf')
  visit(json, json, '', 1, tally, say)
  for (const [name, definition] of Object.entries(isRecord(json['$defs']) ? json['$defs'] : {})) {
    tally.characters += name.length
    visit(definition, json, `/$defs/${name}`, 1, tally, say)
  }
  if (tally.properties > limits.properties)
    say('', `${tally.properties} properties, at most ${limits.properties} are allowed`)
  if (tally.enumValues > limits.enumValues)
    say('', `${tally.enumValues} enum values, at most ${limits.enumValues} are allowed`)
  if (tally.characters > limits.characters)
    say('', `${tally.characters} characters in names and enum values, at most ${limits.characters} are allowed`)
  return problems
}

type Say = (at: string, problem: string) => undefined

function visit(json: unknown, root: JsonSchema, at: string, level: number, tally: Tally, say: Say): undefined {
  if (!isRecord(json)) return say(at, 'a schema must be an object')
  const inner = (part: unknown, key: string, deeper = level) => visit(part, root, `${at}/${key}`, deeper, tally, say)
  if ('$ref' in json) {
    if (Object.keys(json).length > 1) say(at, 'a $ref must stand alone')
    if (typeof json['$ref'] !== 'string' || findReference(root, json['$ref']) === undefined)
      say(at, `${String(json['$ref'])} leads nowhere`)
    return undefined
  }
  if ('anyOf' in json) {
    const options = json['anyOf']
    if (!Array.isArray(options) || options.length === 0) return say(at, 'anyOf must list schemas')
    for (const [index, option] of options.entries()) inner(option, `anyOf/${index}`)
    for (const keyword of Object.keys(json)) {
      if (keyword !== 'anyOf' && !annotations.includes(keyword)) say(at, `${keyword} must not stand beside anyOf`)
    }
    return undefined
  }
  const types = typeof json['type'] === 'string' ? [json['type']] : json['type']
  if (!Array.isArray(types) || types.length === 0) return say(at, 'a type is needed')
  const allowed = new Set([
    'type',
    'enum',
    'const',
    ...annotations,
    ...types.flatMap((type) => keywordsOf[String(type)] ?? []),
  ])
  for (const type of types) if (!Object.hasOwn(keywordsOf, String(type))) say(at, `${String(type)} is not a type`)
  for (const keyword of Object.keys(json)) if (!allowed.has(keyword)) say(at, `${keyword} is not allowed here`)
  values(json, at, tally, say)
  if (typeof json['pattern'] === 'string' && /\(\?[=!<]/.test(json['pattern']))
    say(at, 'a pattern must not look around')
  if ('format' in json && !acceptedFormats.includes(String(json['format'])))
    say(at, `format ${String(json['format'])} is not known`)
  if (types.includes('object')) {
    if (level > limits.levels) say(at, `objects nested more than ${limits.levels} levels deep`)
    object(json, at, tally, say)
    for (const [name, property] of Object.entries(isRecord(json['properties']) ? json['properties'] : {})) {
      inner(property, `properties/${name}`, level + 1)
    }
  }
  if (types.includes('array')) {
    if (!('items' in json)) say(at, 'an array must say its items')
    else inner(json['items'], 'items')
  }
  return undefined
}

function object(json: Record<string, unknown>, at: string, tally: Tally, say: Say): void {
  if (json['additionalProperties'] !== false) say(at, 'additionalProperties must be false')
  const names = isRecord(json['properties']) ? Object.keys(json['properties']) : []
  const required = Array.isArray(json['required']) ? json['required'] : []
  for (const name of names) if (!required.includes(name)) say(at, `${name} must be required`)
  for (const name of required) if (!names.includes(name)) say(at, `${String(name)} is required but not described`)
  tally.properties += names.length
  tally.characters += names.reduce((sum, name) => sum + name.length, 0)
}

function values(json: Record<string, unknown>, at: string, tally: Tally, say: Say): void {
  const listed = Array.isArray(json['enum']) ? json['enum'] : 'const' in json ? [json['const']] : []
  const characters = listed.reduce((sum: number, value) => sum + String(value).length, 0)
  tally.characters += characters
  if (Array.isArray(json['enum'])) tally.enumValues += listed.length
  if (listed.length > limits.longEnum && characters > limits.longEnumCharacters) {
    say(
      at,
      `an enum of ${listed.length} values may have at most ${limits.longEnumCharacters} characters, this has ${characters}`,
    )
  }
}
