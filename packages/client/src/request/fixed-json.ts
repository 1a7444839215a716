/** JSON data that will not change, and its text, which is therefore made once. A loop's history is made of it. */

import { isObject } from '../is-object.ts'
import { Mark } from './fixed.ts'
import { HistoryText } from './history-text.ts'
import { wellFormedJson } from './well-formed-json.ts'

/**
 * Freezes the data at every depth and remembers its text, so that a request that holds it is joined from texts.
 * @returns the value itself; a copy of one that was frozen already
 */
export function fixJson<T extends object>(value: T): T {
  if (Mark.of(value)) return value
  const own = Object.isExtensible(value) ? value : copyOf(value)
  new Mark(own, new HistoryText(wellFormedJson(own)))
  freeze(own)
  return own
}

/** The JSON text of a value; the remembered one where it is fixed. */
export function jsonText(value: object): string {
  return Mark.of(value)?.text ?? wellFormedJson(value)
}

function copyOf<T extends object>(value: T): T {
  return (Array.isArray(value) ? [...value] : { ...value }) as T
}

function freeze(value: object): void {
  for (const inner of Object.values(value)) if (isObject(inner) && !Object.isFrozen(inner)) freeze(inner)
  Object.freeze(value)
}
