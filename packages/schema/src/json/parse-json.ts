/** The one entry for JSON text from outside. */

import { JsonTextError } from './json-text-error.ts'
import { partialJson } from './partial-json.ts'

/**
 * `JSON.parse` that refuses the keys which reach an object's prototype: `__proto__`, and `prototype` in `constructor`.
 * Costs one search of the text where they do not occur.
 * @throws JsonTextError for those, and for text that is not JSON
 */
export function parseJson(text: string): unknown {
  const value = parseUnsafe(text)
  refusePrototypeKeys(value, text)
  return value
}

/** Whether an escape stands for an ASCII letter or underscore, which could spell one of the names. */
function hidesLetter(text: string): boolean {
  return text.includes('\\u00') && /\\u00[4-7]/.test(text)
}

/** `JSON.parse` that throws a JsonTextError. */
export function parseUnsafe(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    // JSON.parse does not always say where; reading again costs nothing that matters once the text is wrong
    const partial = partialJson()
    partial.push(text)
    partial.end()
    throw new JsonTextError('Not JSON', undefined, { cause })
  }
}

/** @param text what the value was read from: the one place to look for such keys, which are hardly ever there */
export function refusePrototypeKeys(root: unknown, text: string): void {
  // "prototype" in "constructor" has it too
  if (!text.includes('proto') && !hidesLetter(text)) return
  const open = [root]
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue
    for (const [key, inner] of Object.entries(value)) {
      if (key === '__proto__') throw new JsonTextError('The key "__proto__" is not allowed')
      if (key === 'constructor' && typeof inner === 'object' && inner !== null && Object.hasOwn(inner, 'prototype')) {
        throw new JsonTextError('The key "prototype" in "constructor" is not allowed')
      }
      open.push(inner)
    }
  }
}
