// The answer as JSON: a schema filled from a text, or the labelled lines of the text as they are.
import { fillSchema, missingOf, toObject } from './fill/fill-schema.ts'
import { documentSource } from './fill/source.ts'
import type { Reading } from './language/reading.ts'
import { stemsOf } from './language/words.ts'
import { refuse } from './reply/refuse.ts'
import type { Decided } from './wire/completion.ts'
import { asObject, type JsonObject } from './wire/json-object.ts'
import type { OfflineRequest } from './wire/request.ts'

/** Fills the wanted shape from `reading`, or refuses and names the fields that are not there. */
export function extractValue({ format, messages }: OfflineRequest, reading: Reading): Decided {
  const schema = format.type === 'json_schema' ? format.schema : schemaIn(messages.map((message) => message.text))
  if (!schema) return labelled(reading)
  const around = format.type === 'json_schema' ? stemsOf(format.name) : []
  const filling = fillSchema(schema, around, documentSource(reading))
  const missing = missingOf(filling)
  if (missing.length > 0 || filling.values.size === 0) return { type: 'refusal', text: refuse(missing) }
  return { type: 'text', text: JSON.stringify(toObject(filling)) }
}

/** JSON mode has no schema of its own, but a message may quote one. */
function schemaIn(texts: readonly string[]): JsonObject | undefined {
  for (const text of texts) {
    const at = text.search(/\{\s*"(?:\$schema|type|properties)"/)
    if (at === -1) continue
    for (let end = text.lastIndexOf('}'); end > at; end = text.lastIndexOf('}', end - 1)) {
      const schema = asObject(parse(text.slice(at, end + 1)))
      if (asObject(schema?.['properties'])) return schema
    }
  }
  return undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function labelled({ labels }: Reading): Decided {
  if (labels.length === 0) return { type: 'refusal', text: refuse([]) }
  return { type: 'text', text: JSON.stringify(Object.fromEntries(labels.map(({ label, value }) => [label, value]))) }
}
