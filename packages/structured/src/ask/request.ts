/** The request that asks for a value. Pure. */

import type { JsonSchemaFormat, Message, ModelRequest } from '@pawl/client'
import type { JsonSchema } from '@pawl/schema'
import type { Mode } from './mode.ts'

/** The schema as the wire tells it. */
export interface Form {
  /** letters, digits, `_`, `-`; at most 64 */
  readonly name: string
  readonly json: JsonSchema
  readonly strict: boolean
}

/** @param settings everything else that the model is asked with */
export function valueRequest(mode: Mode, form: Form, messages: readonly Message[], settings: Settings): ModelRequest {
  switch (mode) {
    case 'json_schema':
      return { ...settings, messages, response_format: schemaFormat(form) }
    case 'json_object':
      return { ...settings, messages: instructed(messages, form.json), response_format: { type: 'json_object' } }
    case 'tool': {
      const { name, json, strict } = form
      const description = 'Takes the answer.'
      return {
        ...settings,
        messages,
        tools: [{ type: 'function', function: { name, description, parameters: json, strict } }],
        tool_choice: { type: 'function', function: { name } },
      }
    }
  }
}

/** Asks to go on from a text that was cut off. No mode holds here: it would make the model begin anew. */
export function continueRequest(form: Form, messages: readonly Message[], settings: Settings): ModelRequest {
  return { ...settings, messages: instructed(messages, form.json) }
}

/** What an extraction may say to the model beside the messages and the schema. */
export type Settings = Omit<
  ModelRequest,
  'messages' | 'response_format' | 'tools' | 'tool_choice' | 'functions' | 'function_call' | 'n'
>

export function schemaFormat({ name, json, strict }: Form): JsonSchemaFormat {
  return { type: 'json_schema', json_schema: { name, strict, schema: json } }
}

/** A name as servers take it. */
export function wireName(name: string): string {
  return name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64) || 'answer'
}

/** Says the schema to the model, so that it needs no server that knows schemas. */
export function schemaInWords(json: JsonSchema): string {
  return `one JSON object and nothing else: no prose, no fence. It must be valid for this JSON Schema:\n${JSON.stringify(json)}`
}

/** Some servers know one system message alone, so the words join the first one. */
function instructed(messages: readonly Message[], json: JsonSchema): readonly Message[] {
  const words = `Answer with ${schemaInWords(json)}`
  const [first, ...rest] = messages
  if (first?.role !== 'system' && first?.role !== 'developer') return [{ role: 'system', content: words }, ...messages]
  const content =
    typeof first.content === 'string'
      ? `${first.content}\n\n${words}`
      : [...first.content, { type: 'text' as const, text: words }]
  return [{ ...first, content }, ...rest]
}
