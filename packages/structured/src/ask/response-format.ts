/** The format of an answer, for those who call the client themselves. */

import type { JsonSchemaFormat } from '@pawl/client'
import type { Schema } from '@pawl/schema'
import { StructuredOutputError } from '../errors/structured-output-error.ts'
import { readText } from '../read/read-text.ts'
import { growingValue, partialOf } from '../read/view-partials.ts'
import { noUsage } from '../usage.ts'
import { schemaFormat, wireName } from './request.ts'
import { wireOf } from './wire-of.ts'

/** Where the client's `stream` looks for what reads the text; it imports nothing of this package. */
const parseHook = Symbol.for('pawl.parse')

/**
 * The wire object for `create` and `stream`; `parseCompletion` reads the answer. With it the client's `stream` gives
 * `parsed` beside its snapshots: a partial as of `extract` while the text arrives, the value at its end.
 * @param name letters, digits, `_`, `-`, at most 64 characters; others are replaced
 * @throws SchemaError
 */
export function responseFormat(schema: Schema, name = 'answer'): JsonSchemaFormat {
  const wire = wireOf(schema)
  const format = schemaFormat({ name: wireName(name), json: wire.json, strict: true })
  const hook = {
    partial() {
      const growing = growingValue(wire)
      return {
        push(text: string): unknown {
          growing.push(text)
          return growing.value()
        },
      }
    },
    /** @throws StructuredOutputError */
    final(text: string): unknown {
      const reading = readText(wire, text)
      if (reading.ok) return reading.value
      const partial = partialOf(wire, text)
      throw new StructuredOutputError(reading.issues, { text, partial, completions: [], usage: noUsage })
    },
  }
  // not to be seen by those who compare or print the request
  return Object.defineProperty(format, parseHook, { value: hook })
}
