/** Schemas of zod 3: the one file that knows zod-to-json-schema. */

import { zodToJsonSchema } from 'zod-to-json-schema'
import type { StandardJsonSchema, StandardSchemaV1 } from './standard-schema.ts'

/**
 * Gives a schema of zod 3 (also one of `zod/v3`) the part that it lacks: a description of itself as JSON Schema.
 * Types and parsing stay those of the schema.
 */
export function fromZod3<I, O>(schema: StandardSchemaV1<I, O>): StandardSchemaV1<I, O> {
  const describe = () => {
    const { $schema: _, ...json } = zodToJsonSchema(schema as never, {
      target: 'jsonSchema7',
      $refStrategy: 'root',
      pipeStrategy: 'input',
      effectStrategy: 'input',
    })
    return json as Record<string, unknown>
  }
  const jsonSchema: StandardJsonSchema = { input: describe, output: describe }
  const { version, vendor, validate } = schema['~standard']
  const props = { version, vendor, validate, jsonSchema }
  return { '~standard': props }
}
