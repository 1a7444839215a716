/** What a schema of zod says about itself to a reader. */

import type { Json } from '../schema.ts'
import type { Notes } from '../shape.ts'
import type { $ZodType } from '../zod4.ts'

interface Meta {
  readonly id?: string | undefined
  readonly title?: string | undefined
  readonly description?: string | undefined
}

export function idOf(schema: $ZodType): string | undefined {
  return metaOf(schema)?.id
}

export function notesOf(schema: $ZodType): Notes | undefined {
  const said = metaOf(schema)
  if (said === undefined) return undefined
  return {
    ...(said.title === undefined ? {} : { title: said.title }),
    ...(said.description === undefined ? {} : { description: said.description }),
  }
}

/** Zod keeps what `.meta()` and `.describe()` say in one registry of the process. */
function metaOf(schema: $ZodType): Meta | undefined {
  const { __zod_globalRegistry: registry } = globalThis as {
    __zod_globalRegistry?: { get(schema: $ZodType): Meta | undefined }
  }
  return registry?.get(schema)
}

/** A default as the description tells it; one that JSON cannot hold is not told. */
export function plainDefault(value: unknown): Json | undefined {
  try {
    const json = JSON.stringify(value)
    return json === undefined ? undefined : JSON.parse(json)
  } catch {
    return undefined
  }
}
