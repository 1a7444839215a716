/** Reads whatever a user hands in as a schema, by the first of its marks that is known. */

import { check } from '../check/check.ts'
import { findReference } from '../check/find-reference.ts'
import type { Issue } from '../issue.ts'
import type { JsonSchema, Schema } from '../schema.ts'
import { SchemaError } from '../schema-error.ts'
import { isRecord, type Shape } from '../shape.ts'
import { isStandardSchema, type StandardJsonSchema, type StandardSchemaV1 } from '../standard-schema.ts'
import { readJsonSchema } from './json-schema.ts'
import { type Io, isZod, readZod } from './zod.ts'
import { type Keeps, zodKeeps } from './zod-keeps.ts'

export interface ReadSchema {
  readonly shape: Shape
  /** the user's own JSON Schema, where there is one */
  readonly json?: JsonSchema
  readonly validate: (value: unknown) => StandardResult
  /** what need not be validated */
  readonly keeps?: Keeps | undefined
}

export type StandardResult =
  | { readonly value: unknown; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string; readonly path?: readonly unknown[] | undefined }[] }

/** @throws SchemaError for what is no schema, or is one that cannot be described */
export function readSchema(schema: Schema, io: Io): ReadSchema {
  if ((typeof schema !== 'object' && typeof schema !== 'function') || schema === null) {
    throw new SchemaError(
      [],
      `${schema === null ? 'null' : typeof schema} is not a schema`,
      'a zod schema, another Standard Schema or a JSON Schema',
    )
  }
  if (isZod(schema)) {
    const shape = readZod(schema, io)
    return { shape, validate: standardValidate(schema as unknown as StandardSchemaV1), keeps: zodKeeps(schema) }
  }
  if (isStandardSchema(schema)) return readStandard(schema, io)
  if (isJsonSchema(schema)) {
    const json: JsonSchema = schema
    return { shape: readJsonSchema(json, io), json, validate: jsonValidate(json) }
  }
  throw new SchemaError(
    [],
    'this object is no schema',
    'a zod schema, another Standard Schema or a JSON Schema with a type',
  )
}

function readStandard(schema: StandardSchemaV1, io: Io): ReadSchema {
  const { vendor, ...props } = schema['~standard']
  const { jsonSchema } = props as { jsonSchema?: StandardJsonSchema }
  if (jsonSchema === undefined)
    throw new SchemaError(
      [],
      `a schema of ${vendor} does not describe itself as JSON Schema`,
      missingConverter(schema, vendor),
    )
  const json = described(jsonSchema, vendor)
  const { $schema: _, ...meaning } = json
  if (Object.keys(meaning).length === 0)
    throw new SchemaError([], `${vendor} describes this schema as empty`, 'a schema that says what it takes')
  return { shape: readJsonSchema(json, io), json, validate: standardValidate(schema) }
}

function described(jsonSchema: StandardJsonSchema, vendor: string): JsonSchema {
  let failure: unknown
  for (const target of ['draft-2020-12', 'draft-07']) {
    try {
      return jsonSchema.input({ target })
    } catch (cause) {
      if (cause instanceof SchemaError) throw cause
      failure ??= cause
    }
  }
  const reason = failure instanceof Error ? failure.message : String(failure)
  throw new SchemaError(
    [],
    `${vendor} cannot describe this schema: ${reason}`,
    'a string in a described format, then a transform',
    { cause: failure },
  )
}

function missingConverter(schema: object, vendor: string): string {
  if (vendor === 'zod' || '_def' in schema) return "fromZod3 of '@pawl/schema/zod3', or a schema of zod 4"
  if (vendor === 'valibot') return "toStandardJsonSchema(schema) of '@valibot/to-json-schema'"
  return `the JSON Schema converter of ${vendor}, or a version of it with '~standard'.jsonSchema`
}

const jsonSchemaKeywords = [
  'type',
  'properties',
  '$ref',
  'anyOf',
  'oneOf',
  'allOf',
  'enum',
  'const',
  'items',
  'prefixItems',
  'additionalProperties',
]

function isJsonSchema(schema: object): schema is JsonSchema {
  return isRecord(schema) && jsonSchemaKeywords.some((keyword) => Object.hasOwn(schema, keyword))
}

function jsonValidate(json: JsonSchema) {
  const find = (reference: string) => findReference(json, reference)
  return (value: unknown): StandardResult => {
    const issues: readonly Issue[] = check(json, value, find)
    return issues.length === 0 ? { value } : { issues }
  }
}

function standardValidate(schema: StandardSchemaV1) {
  const standard = schema['~standard']
  return (value: unknown): StandardResult => {
    const result: StandardResult | Promise<StandardResult> = standard.validate(value)
    if (!(result instanceof Promise)) return result
    // its outcome is of no use any more; a rejection must not surface as unhandled
    result.catch(() => {})
    throw new SchemaError(
      [],
      'this schema validates asynchronously, which decode cannot wait for',
      'a synchronous schema, and check the rest after it',
    )
  }
}
