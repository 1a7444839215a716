/** How a model is held to a schema, and what is left when its server will not. */

import { isPawlError, type Model, profileOf } from '@pawl/client'

/**
 * `json_schema`: the server enforces the schema. `json_object`: the server enforces JSON, the schema stands in the
 * instructions. `tool`: the value is the arguments of a call that the model is forced to make.
 */
export type Mode = 'json_schema' | 'json_object' | 'tool'

/** What `auto` has learned: the model object is the key, so keep one for a server. */
const learned = new WeakMap<Model, Mode>()

/** Where `auto` begins: with what was learned, else with what the server's profile allows. */
export function firstMode(model: Model): Mode {
  return learned.get(model) ?? (profileOf(model).jsonSchema ? 'json_schema' : 'json_object')
}

/** From now on `auto` begins with this mode for this model. */
export function remember(model: Model, mode: Mode): void {
  learned.set(model, mode)
}

export interface Fallback {
  readonly mode: Mode
  /** the server refuses the mode itself, not only this schema */
  readonly lasting: boolean
}

/** The mode that is left when the server answered this error to a request in `mode`; undefined for any other error. */
export function fallbackFrom(mode: Mode, error: unknown): Fallback | undefined {
  const refusal = refusalOf(error)
  if (refusal === undefined) return undefined
  const lasting = !/invalid[ _](json[ _])?schema/i.test(refusal)
  if (mode === 'tool')
    return /\btools?\b|tool_choice|function/i.test(refusal) ? { mode: 'json_object', lasting } : undefined
  if (!/response_format|json_schema|json_object|structured output/i.test(refusal)) return undefined
  const knowsFormats = mode === 'json_schema' && /json_schema|json_object|structured output|\btype\b/i.test(refusal)
  return { mode: knowsFormats ? 'json_object' : 'tool', lasting }
}

/** What a server says that cannot work with a parameter: 400, or 404 and 422 as some have it. */
function refusalOf(error: unknown): string | undefined {
  if (!isPawlError(error) || !('status' in error)) return undefined
  if (error.status !== 400 && error.status !== 404 && error.status !== 422) return undefined
  const server = 'server' in error && typeof error.server === 'object' ? error.server : undefined
  const { message, param } = { message: undefined, param: undefined, ...server }
  return `${message ?? error.message} ${param ?? ''}`
}
