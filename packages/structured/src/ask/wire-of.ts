/** A schema is compiled once, whoever asks. */

import { type Input, type Output, type Schema, type WireSchema, wireSchema } from '@pawl/schema'

const compiled = {
  strict: new WeakMap<Schema, WireSchema<any, any>>(),
  loose: new WeakMap<Schema, WireSchema<any, any>>(),
}

/** The same schema object gives the same result: do not change a plain JSON Schema afterwards. @throws SchemaError */
export function wireOf<S extends Schema>(schema: S, strict = true): WireSchema<Output<S>, Input<S>> {
  const known = compiled[strict ? 'strict' : 'loose']
  const wire = known.get(schema) ?? wireSchema(schema, { strict })
  known.set(schema, wire)
  return wire
}
