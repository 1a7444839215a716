/** One typed value from a model. */

import type { CallOptions, ContentPart, Message, Model } from '@pawl/client'
import type { DeepPartial, Input, Output, Schema } from '@pawl/schema'
import type { Mode } from './ask/mode.ts'
import { type Settings, wireName } from './ask/request.ts'
import type { Task } from './ask/turn.ts'
import { wireOf } from './ask/wire-of.ts'
import { extracting } from './extracting.ts'
import { type Extraction, extraction } from './extraction.ts'
import type { View } from './read/view.ts'
import { viewElements } from './read/view-elements.ts'
import { viewPartials } from './read/view-partials.ts'

/** How a value is asked for; the rest is as in a call of the model, and holds for each request of the extraction. */
export interface ExtractBase<S> extends Omit<CallOptions, 'idempotencyKey'> {
  /** zod 4, zod/mini, any Standard JSON Schema, or a plain JSON Schema */
  schema: S
  /** put before the messages as a system message */
  instructions?: string | undefined
  /** `auto`, when left out, begins with `json_schema` and turns to another, once, where the server refuses or ignores it */
  mode?: Mode | 'auto' | undefined
  /** how often a wrong answer is sent back with its issues; 2 when left out */
  repairs?: number | undefined
  /** how often an answer that the output limit cut off is gone on with; 0 when left out */
  continuations?: number | undefined
  /** what the schema or the function is called on the wire; `answer` when left out */
  name?: string | undefined
  /** temperature, max_completion_tokens and the like */
  modelSettings?: Settings | undefined
}

/** What the value is taken out of: one prompt, or a conversation. */
export type ExtractInput =
  | { prompt: string | readonly ContentPart[]; messages?: undefined }
  | { messages: readonly Message[]; prompt?: undefined }

export type ExtractOptions<S> = ExtractBase<S> & ExtractInput & { elements?: boolean | undefined }

/**
 * A value of the schema. Lazy: the request goes out at the first `await` or `for await`. Iterated, it shows the value
 * while it grows: one live object in the form of the schema's input (copy it to keep it; a repaired answer begins a new
 * one). With `elements`, for a list, it gives each element once, when it is complete and valid.
 * @throws SchemaError at once for a schema that cannot be told to a model. Awaited or iterated: RefusalError,
 * ContentFilterError, OutputLimitError, StructuredOutputError, or what the model throws
 */
export function extract<S extends Schema>(
  model: Model,
  options: ExtractBase<S> & ExtractInput & { elements: true },
): Extraction<Output<S>, Output<S> extends readonly (infer E)[] ? E : never>
export function extract<S extends Schema>(
  model: Model,
  options: ExtractBase<S> & ExtractInput & { elements?: false | undefined },
): Extraction<Output<S>, DeepPartial<Input<S>>>
export function extract<S extends Schema>(model: Model, options: ExtractOptions<S>): Extraction<Output<S>, unknown> {
  const task = taskOf(options)
  const view: View<unknown> = options.elements ? viewElements(task.wire) : viewPartials(task.wire)
  return extraction(view, (shown, left) => {
    const { signal } = task.call
    const either = left && signal ? AbortSignal.any([left, signal]) : (left ?? signal)
    return extracting(model, { ...task, call: { ...task.call, signal: either } }, shown)
  })
}

function taskOf<S extends Schema>({
  schema,
  prompt,
  messages,
  instructions,
  elements: _,
  mode = 'auto',
  repairs = 2,
  continuations = 0,
  name = 'answer',
  modelSettings: settings = {},
  ...call
}: ExtractOptions<S>): Task<Output<S>> {
  const wire = wireOf(schema)
  const form = { name: wireName(name), json: wire.json, strict: true }
  const system: readonly Message[] = instructions === undefined ? [] : [{ role: 'system', content: instructions }]
  const asked: readonly Message[] = messages ?? [{ role: 'user', content: prompt }]
  return { wire, form, messages: [...system, ...asked], settings, call, mode, repairs, continuations }
}
