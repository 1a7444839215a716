/** What counts as a schema, and the types of its values. */

import type { StandardSchemaV1 } from './standard-schema.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** A plain JSON Schema; its type is not inferred: values are `unknown`. */
export interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly properties?: Record<string, JsonSchema>
  readonly [key: string]: unknown
}

export type Schema = StandardSchemaV1 | JsonSchema

/** What a schema gives back. */
export type Output<S> = S extends StandardSchemaV1 ? StandardSchemaV1.InferOutput<S> : unknown

/** What a schema takes in: before its defaults, transforms and dates. */
export type Input<S> = S extends StandardSchemaV1 ? StandardSchemaV1.InferInput<S> : unknown

/** A value that is still arriving: anything may be missing, strings may be a prefix. */
export type DeepPartial<T> = T extends Date | bigint | Map<any, any> | Set<any> | URL
  ? T | undefined
  : T extends readonly (infer E)[]
    ? DeepPartial<E>[]
    : T extends object
      ? { [K in keyof T]?: DeepPartial<T[K]> }
      : T
