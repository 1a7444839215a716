/** Holds what a tool gave against the schema that it promises. */

import { type Issue, type Schema, type StandardSchemaV1, wireSchema } from '@pawl/schema'

/** A schema of a library is asked itself, since a tool gives its values (dates, maps), not their form on the wire. */
export function outputCheck(schema: Schema): (value: unknown) => readonly Issue[] | Promise<readonly Issue[]> {
  if (isStandard(schema)) return async (value) => issuesOf(await schema['~standard'].validate(value))
  const wire = wireSchema(schema, { strict: false })
  return (value) => {
    const decoded = wire.decode(value)
    return decoded.ok ? [] : decoded.issues
  }
}

function isStandard(schema: Schema): schema is StandardSchemaV1 {
  return '~standard' in schema
}

/** The contract allows each step of a path to be a key or an object with one. https://standardschema.dev */
function issuesOf(result: { issues?: readonly { message: string; path?: readonly unknown[] }[] }): readonly Issue[] {
  return (result.issues ?? []).map(({ message, path = [] }) => ({ message, path: path.map(keyOf) }))
}

function keyOf(step: unknown): string | number {
  const key = typeof step === 'object' && step !== null && 'key' in step ? step.key : step
  return typeof key === 'number' ? key : String(key)
}
