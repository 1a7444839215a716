/** A schema as a model must see it, and the value back. */

import { compile } from './compile/compile.ts'
import type { Decoded } from './issue.ts'
import { issuesOf } from './issues-of.ts'
import { JsonTextError } from './json/json-text-error.ts'
import { parseUnsafe, refusePrototypeKeys } from './json/parse-json.ts'
import { type PartialJson, partialValue } from './json/partial-json.ts'
import { readSchema } from './read/read-schema.ts'
import type { Keeps } from './read/zod-keeps.ts'
import type { Input, Json, JsonSchema, Output, Schema } from './schema.ts'
import { SchemaError } from './schema-error.ts'
import { strictProblems } from './strict/strict-problems.ts'

export interface WireSchema<O, I = O> {
  /** JSON Schema with an object at its root; in the strict form every server with strict schemas accepts it */
  readonly json: JsonSchema
  /**
   * Undoes the rewriting, then parses with the schema itself. Take the value from `parseJson`, which refuses prototype keys.
   * @throws SchemaError only for a schema that validates asynchronously
   */
  decode(value: unknown): Decoded<O>
  /**
   * The same for JSON text. A value in which the schema changes nothing comes frozen and without a validation by the
   * schema, where its form alone tells that it would pass.
   * @throws JsonTextError as `parseJson` does
   */
  decodeText(text: string): Decoded<O>
  /** What a model would have to write for this input of the schema; null and absence stay apart. */
  encode(value: I): Json
  /**
   * Reads the model's text while it arrives. Its value has the form of the schema's input: without the envelope, without nulls
   * that stand for "left out"; dates and the like are still text; a record, map, set, tuple or tagged union appears when it is complete.
   */
  partial(): PartialJson
}

/** How a schema is written for the wire. */
export interface WireOptions {
  /** rewrite into the subset that strict servers accept; true when left out. Values that JSON cannot hold are rewritten either way. */
  strict?: boolean | undefined
  /** `output`: the model has to write fields that have a default. `input`, when left out: it may leave them to the schema. */
  io?: 'input' | 'output' | undefined
}

/**
 * Compiles a schema of zod 4, zod/mini, any library with Standard JSON Schema, or a plain JSON Schema.
 * Do it once for a schema: compiling costs far more than decoding.
 * @throws SchemaError where something cannot be described, with its path and what to use instead
 */
export function wireSchema<S extends Schema>(schema: S, options: WireOptions = {}): WireSchema<Output<S>, Input<S>> {
  const { strict = true, io = 'input' } = options
  const { shape, validate, keeps, json, rewrite } = compiled(schema, strict, io)
  const kept = (value: unknown): Decoded<Output<S>> => ({ ok: true, value: value as Output<S>, frozen: true })
  const decode = (wire: unknown, keeps?: Keeps): Decoded<Output<S>> => {
    let value = wire
    try {
      if (rewrite !== undefined) value = rewrite.decode(wire)
    } catch (error) {
      if (!(error instanceof JsonTextError)) throw error
      return { ok: false, issues: [{ message: error.message, path: [] }] }
    }
    if (keeps?.(value)) return kept(value)
    const result = validate(value)
    if (result.issues === undefined) return { ok: true, value: result.value as Output<S> }
    return { ok: false, issues: issuesOf(result.issues, value, shape) }
  }
  return {
    json,
    decode: (wire) => decode(wire),
    decodeText(text) {
      const wire = parseUnsafe(text)
      // What is kept has no keys but the schema's, so none that reaches a prototype need be looked for.
      if (rewrite === undefined && keeps?.(wire)) return kept(wire)
      refusePrototypeKeys(wire, text)
      return decode(wire, keeps)
    },
    encode: (value) => (rewrite === undefined ? value : rewrite.encode(value)) as Json,
    partial: () => partialValue(rewrite),
  }
}

function compiled(schema: Schema, strict: boolean, io: 'input' | 'output') {
  try {
    const { shape, validate, keeps } = readSchema(schema, io)
    const wire = compile(shape, strict)
    const [problem] = strict ? strictProblems(wire.json) : []
    if (problem === undefined) return { shape, validate, keeps, ...wire }
    throw new SchemaError(
      [],
      `a strict server would refuse this schema at ${problem}`,
      'a smaller schema, or strict: false',
    )
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new SchemaError([], 'this schema is nested too deeply', 'a flatter one', { cause: error })
  }
}
