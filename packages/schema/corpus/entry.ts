/** A schema as people write them, with inputs that it takes. */

import type { Schema } from '../src/index.ts'

export interface Entry {
  readonly name: string
  readonly schema: Schema
  readonly values: readonly unknown[]
}

/** @param values inputs of the schema, at least one */
export function entry(name: string, schema: Schema, ...values: readonly [unknown, ...unknown[]]): Entry {
  return { name, schema, values }
}
