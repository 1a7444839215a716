/** A schema as the final answer of a conversation: what to ask, how to read the answer, what to say when it is wrong. */

import type { JsonSchemaFormat, UserMessage } from '@pawl/client'
import type { Decoded, Issue, Output, Schema } from '@pawl/schema'
import { readText } from '../read/read-text.ts'
import { partialOf } from '../read/view-partials.ts'
import { repairMessage } from './repair.ts'
import { schemaInWords, wireName } from './request.ts'
import { responseFormat } from './response-format.ts'
import { wireOf } from './wire-of.ts'

/** Pure: whoever leads the conversation decides when to ask and how often. */
export interface OutputContract<T> {
  /** what to ask with; see `responseFormat` */
  readonly responseFormat: JsonSchemaFormat
  /** the schema in words, for a server that does not know `response_format` */
  readonly instructions: string
  /** Mends JSON where that is certain, undoes the rewriting, and parses with the schema. */
  parse(text: string): Decoded<T>
  /** How far an unfinished text has come, in the form of the schema's input; undefined where no JSON begins. */
  partial(text: string): unknown
  /** To be said after the wrong answer. */
  repairMessage(issues: readonly Issue[]): UserMessage
}

/**
 * @param name what the schema is called on the wire: letters, digits, `_`, `-`, at most 64 characters; others are replaced
 * @throws SchemaError
 */
export function outputContract<S extends Schema>(schema: S, name = 'answer'): OutputContract<Output<S>> {
  const wire = wireOf(schema)
  return {
    responseFormat: responseFormat(schema, wireName(name)),
    instructions: `Answer with ${schemaInWords(wire.json)}`,
    parse(text) {
      const reading = readText(wire, text)
      return reading.ok ? { ok: true, value: reading.value } : { ok: false, issues: reading.issues }
    },
    partial: (text) => partialOf(wire, text),
    repairMessage: (issues) => repairMessage(issues, wire.json),
  }
}
