/** The two directions between a value of the user's schema and its form on the wire. */

import type { JsonSchema } from '../schema.ts'

export interface Rewrite {
  /** equal marks rewrite equally: a union needs no tag to tell such options apart */
  readonly mark: string
  /** What is not in the wire's form is left for the schema to judge. @throws JsonTextError for a prototype key */
  decode(wire: unknown): unknown
  encode(value: unknown): unknown
  /** how the value is shown while it arrives; without it, only when it is complete */
  readonly live?: Live | undefined
}

/** What of a value keeps its place while it is rewritten, so that it can be shown before it is complete. */
export type Live =
  | { readonly kind: 'text' }
  | { readonly kind: 'items'; readonly item: Rewrite }
  | { readonly kind: 'envelope'; readonly inner: Rewrite | undefined }
  /** `rest` is the property of the wire whose pairs belong among the fields */
  | { readonly kind: 'fields'; readonly rest?: string | undefined; at(name: string): Rewrite | undefined }
  | { readonly kind: 'optional'; readonly absentIsNull: boolean; readonly inner: Rewrite | undefined }

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
