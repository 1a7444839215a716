// What a prompt of the evaluation is, and what counts as right.
import type { JsonObject } from '../src/wire/json-object.ts'

/** A tool of the evaluation: what the rules see of it, and what it gives back. */
export interface EvalTool {
  readonly name: string
  readonly description: string
  /** Property schemas; all are required, as in strict mode, and optional ones are nullable. */
  readonly properties: JsonObject
  readonly run: (input: JsonObject) => unknown
}

/** One expected call: each argument must be equal; one given as a RegExp must match. Nulls may be left out. */
export interface ExpectedCall {
  readonly name: string
  readonly input: { readonly [name: string]: unknown }
}

/** What is right for a prompt. `turns` are the calls in order, one list a turn; `says` must stand in the last text. */
export type Expected =
  | { readonly type: 'calls'; readonly turns: readonly (readonly ExpectedCall[])[]; readonly says?: readonly string[] }
  | { readonly type: 'value'; readonly value: unknown }
  /** No call with an effect, and a question, a refusal or "nothing fits" that names each of `names`. */
  | { readonly type: 'holds back'; readonly names?: readonly string[] }

/** One prompt. */
export interface EvalCase {
  readonly name: string
  readonly kind: 'literal' | 'paraphrase' | 'hold back'
  readonly prompt: string
  readonly tools?: readonly EvalTool[]
  readonly schema?: JsonObject
  readonly expected: Expected
}
