/** The two directions between a value of the user's schema and its form on the wire. */

import type { JsonSchema } from '../schema.ts'

export interface Rewrite {
  /** equal marks rewrite equally: a union needs no tag to tell such options apart */
  readonly mark: string
  /** never throws: what is not in the wire's form is left for the schema to judge */
  decode(wire: unknown): unknown
  encode(value: unknown): unknown
}

/** A shape as the wire sees it; without `rewrite` a value is the same on both sides and is never walked. */
export interface Wire {
  readonly json: JsonSchema
  readonly rewrite?: Rewrite | undefined
}

export function decodeWith(rewrite: Rewrite | undefined, wire: unknown): unknown {
  return rewrite === undefined ? wire : rewrite.decode(wire)
}

export function encodeWith(rewrite: Rewrite | undefined, value: unknown): unknown {
  return rewrite === undefined ? value : rewrite.encode(value)
}
