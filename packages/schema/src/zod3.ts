/** Schemas of zod 3: the one file that knows zod-to-json-schema. */

import { zodToJsonSchema } from 'zod-to-json-schema'
import { type MarkedValue, valueMark } from './read/marked.ts'
import { SchemaError } from './schema-error.ts'
import type { StandardJsonSchema, StandardSchemaV1 } from './standard-schema.ts'

/**
 * Gives a schema of zod 3 (also one of `zod/v3`) the part that it lacks: a description of itself as JSON Schema.
 * Types and parsing stay those of the schema.
 * @throws SchemaError for a schema of another library or of zod 4
 */
export function fromZod3<I, O>(schema: StandardSchemaV1<I, O>): StandardSchemaV1<I, O> {
  // of a zod 4 schema the converter would make an empty description without a word
  if ('_zod' in schema || !('_def' in schema)) throw new SchemaError([], 'this is no schema of zod 3', 'it as it is')
  const { version, vendor, validate } = schema['~standard']
  const jsonSchema: StandardJsonSchema = { input: () => describe(schema), output: () => describe(schema) }
  const props = { version, vendor, validate, jsonSchema }
  return { '~standard': props }
}

/** What the converter tells of each part of a schema. */
interface Definition {
  readonly typeName?: string
  readonly value?: unknown
  readonly innerType?: { readonly _def: Definition }
  readonly options?: readonly { readonly _def: Definition }[]
}

const marks: Readonly<Record<string, MarkedValue>> = {
  ZodDate: 'date',
  ZodBigInt: 'bigint',
  ZodNaN: 'nan',
  ZodUndefined: 'absent',
  ZodVoid: 'absent',
  ZodMap: 'map',
  ZodSet: 'set',
}

const impossible = ['ZodFunction', 'ZodSymbol', 'ZodPromise']

function describe(schema: unknown): Record<string, unknown> {
  const { $schema: _, ...json } = zodToJsonSchema(schema as Parameters<typeof zodToJsonSchema>[0], {
    $refStrategy: 'root',
    effectStrategy: 'input',
    pipeStrategy: 'input',
    mapStrategy: 'entries',
    postProcess: (part, definition, { currentPath }) =>
      marked(part as Record<string, unknown>, definition as Definition, currentPath) as typeof part,
  })
  return json
}

function marked(json: Record<string, unknown> | undefined, definition: Definition, path: readonly string[]) {
  const { typeName = '', value, innerType, options } = definition
  if (impossible.includes(typeName)) {
    const keys = path.filter((key) => !['#', 'properties', 'items', 'anyOf', 'allOf'].includes(key))
    throw new SchemaError(keys, `a ${typeName.slice(3).toLowerCase()} cannot be described to a model`, 'plain data')
  }
  const mark = typeName === 'ZodLiteral' && typeof value === 'bigint' ? 'bigint' : marks[typeName]
  if (mark !== undefined) return { ...json, [valueMark]: mark }
  // the converter writes a nullable bigint, and a union with one, as a list of types, which has no place for a mark
  if (typeName === 'ZodNullable' && innerType?._def.typeName === 'ZodBigInt') {
    return { anyOf: [{ [valueMark]: 'bigint' }, { type: 'null' }] }
  }
  const names = typeName === 'ZodUnion' ? Array.from(options ?? [], (option) => option._def.typeName ?? '') : []
  if (json?.['type'] !== undefined && names.includes('ZodBigInt')) {
    return {
      anyOf: names.map((name) =>
        name === 'ZodBigInt' ? { [valueMark]: 'bigint' } : { type: name.slice(3).toLowerCase() },
      ),
    }
  }
  return json
}
