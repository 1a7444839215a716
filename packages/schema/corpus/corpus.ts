/** Sends every value of the corpus over the strict wire and back, under the eyes of an independent validator. */

import { isDeepStrictEqual } from 'node:util'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parseJson, strictProblems, type WireSchema, wireSchema } from '../src/index.ts'
import { arktype } from './arktype.ts'
import { commerce } from './commerce.ts'
import type { Entry } from './entry.ts'
import { extraction } from './extraction.ts'
import { jsonSchema } from './json-schema.ts'
import { tools } from './tools.ts'
import { trees } from './trees.ts'
import { valibot } from './valibot.ts'
import { values } from './values.ts'
import { zodMini } from './zod-mini.ts'
import { zod3 } from './zod3.ts'

export interface Result {
  readonly name: string
  readonly vendor: string
  /** a strict server takes the schema, and a validator each value under it */
  readonly accepted: boolean
  readonly values: number
  /** values that did not come back as the schema itself makes them */
  readonly lost: number
}

const themes: Readonly<Record<string, readonly Entry[]>> = {
  'zod 4': [...commerce, ...tools, ...values, ...trees, ...extraction],
  'zod/mini': zodMini,
  'zod 3': zod3,
  valibot,
  arktype,
  'JSON Schema': jsonSchema,
}

export function runCorpus(): readonly Result[] {
  return Object.entries(themes).flatMap(([vendor, entries]) => entries.map((entry) => result(vendor, entry)))
}

function result(vendor: string, { name, schema, values }: Entry): Result {
  const wire: WireSchema<unknown, unknown> = wireSchema(schema)
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(wire.json)
  let accepted = strictProblems(wire.json).length === 0
  let lost = 0
  for (const value of values) {
    const text = JSON.stringify(wire.encode(value))
    accepted &&= validate(JSON.parse(text))
    const decoded = wire.decode(parseJson(text))
    if (!decoded.ok || !isDeepStrictEqual(decoded.value, parsed(schema, value))) lost++
  }
  return { name, vendor, accepted, values: values.length, lost }
}

/** What the schema itself makes of an input; a plain JSON Schema makes nothing of it. */
function parsed(schema: Entry['schema'], value: unknown): unknown {
  if (!('~standard' in schema)) return value
  const { validate } = schema['~standard'] as { validate: (value: unknown) => { value?: unknown; issues?: unknown } }
  const outcome = validate(value)
  if (outcome.issues !== undefined) throw new Error(`The corpus holds a wrong value: ${JSON.stringify(outcome.issues)}`)
  return outcome.value
}
