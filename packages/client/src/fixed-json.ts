/** JSON data that will not change, and its text, which is therefore made once. A loop's history is made of it. */

import { OnObject } from './on-object.ts'

/** What is known of a fixed value. */
export interface Fixed {
  readonly text: string
  /** the request that ends with this message */
  request?: unknown
}

/** The record, hung on the value. */
class Mark extends OnObject {
  readonly #fixed: Fixed

  constructor(value: object, text: string) {
    super(value)
    this.#fixed = { text, request: undefined }
  }

  static of(value: object): Fixed | undefined {
    return #fixed in value ? value.#fixed : undefined
  }
}

/**
 * Freezes the data at every depth and remembers its text, so that a request that holds it is joined from texts.
 * @returns the value itself; a copy of one that was frozen already
 */
export function fixJson<T extends object>(value: T): T {
  if (Mark.of(value)) return value
  const own = Object.isExtensible(value) ? value : copyOf(value)
  new Mark(own, wellFormed(JSON.stringify(own), own))
  freeze(own)
  return own
}

/** The JSON text of a value; the remembered one where it is fixed. */
export function jsonText(value: object): string {
  return Mark.of(value)?.text ?? wellFormed(JSON.stringify(value), value)
}

/** What is remembered; undefined for what is not fixed. */
export function fixedOf(value: unknown): Fixed | undefined {
  return typeof value === 'object' && value !== null ? Mark.of(value) : undefined
}

function copyOf<T extends object>(value: T): T {
  return (Array.isArray(value) ? [...value] : { ...value }) as T
}

function freeze(value: object): void {
  for (const inner of Object.values(value))
    if (typeof inner === 'object' && inner !== null && !Object.isFrozen(inner)) freeze(inner)
  Object.freeze(value)
}

/** Half of a surrogate pair is no text that a server takes: it becomes U+FFFD. `JSON.stringify` shows such halves as `\ud…`. */
function wellFormed(text: string, value: unknown): string {
  if (!text.includes('\\ud')) return text
  return JSON.stringify(value, (_, inner) => (typeof inner === 'string' ? inner.toWellFormed() : inner))
}
