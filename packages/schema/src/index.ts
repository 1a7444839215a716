// for everybody

export { type Decoded, type Issue, pathText } from './issue.ts'
// for readers of JSON text
export { JsonTextError } from './json/json-text-error.ts'
export { parseJson } from './json/parse-json.ts'
export { type PartialJson, partialJson } from './json/partial-json.ts'
export type { DeepPartial, Input, JsonSchema, Output, Schema } from './schema.ts'
export { SchemaError } from './schema-error.ts'
export type { StandardJsonSchema, StandardSchemaV1 } from './standard-schema.ts'
// for those who check what goes over the wire
export { strictProblems } from './strict/strict-problems.ts'
export { type WireOptions, type WireSchema, wireSchema } from './wire-schema.ts'
