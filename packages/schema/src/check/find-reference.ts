/** Local references of JSON Schema: `#`, `#/$defs/Name`, `#/definitions/Name` and any other pointer of the document. */

import type { JsonSchema } from '../schema.ts'
import { isRecord } from '../shape.ts'

export function findReference(root: JsonSchema, reference: string): JsonSchema | boolean | undefined {
  if (!reference.startsWith('#')) return undefined
  let place: unknown = root
  for (const part of reference.slice(1).split('/').filter(Boolean)) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, key)) return undefined
    place = Reflect.get(place, key)
  }
  return isRecord(place) || typeof place === 'boolean' ? place : undefined
}
