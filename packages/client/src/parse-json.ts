/** The one entry of JSON from the wire: keys that reach for prototypes never become part of an object. */

import { isObject } from './is-object.ts'

/** A key may hide behind escapes, as `"__pro\u0074o__"`; only ASCII letters and `_` matter. */
const escapedLetter = /\\u00[4-7]/

/**
 * Like `JSON.parse`, without `__proto__` keys and without `constructor` objects that hold a `prototype`, at any depth.
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  // Only a text that holds one of the words is walked. The search begins with letters that are rare in chunks: one for
  // a quote would stop at every key.
  const suspicious = text.includes('_proto_') || text.includes('structor') || hidesLetter(text)
  return suspicious ? JSON.parse(text, withoutPrototypeKeys) : JSON.parse(text)
}

/** The same; undefined for a text that is no JSON. */
export function jsonOf(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

function hidesLetter(text: string): boolean {
  return text.includes('\\u00') && escapedLetter.test(text)
}

function withoutPrototypeKeys(_key: string, value: unknown): unknown {
  if (!isObject(value)) return value
  Reflect.deleteProperty(value, '__proto__')
  // One of the value's own: what it inherits is a function.
  const own: unknown = Reflect.get(value, 'constructor')
  if (isObject(own) && Object.hasOwn(own, 'prototype')) Reflect.deleteProperty(value, 'constructor')
  return value
}
