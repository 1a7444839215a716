/** The text of a request body: what is undefined is left out, what JSON cannot say is refused. */

import { RequestError } from '../errors/request-error.ts'
import { isObject } from '../is-object.ts'
import type { Profile } from '../profiles/profiles.ts'
import type { Message } from '../types/message.ts'
import { fixedOf } from './fixed.ts'
import { wellFormedJson } from './well-formed-json.ts'
import { wireMessage } from './wire-message.ts'

const deepest = 512

/**
 * @param body what is sent; its messages stand last, so that the text of a history can grow
 * @param profile of the server that messages go to
 * @throws RequestError naming the field that is no JSON: NaN, a bigint, a function, a circle
 */
export function bodyText({ messages, ...fields }: Readonly<Record<string, unknown>>, profile?: Profile): string {
  if (!profile || !Array.isArray(messages)) return plainText({ ...fields, messages })
  // The text of a history is joined from those of its messages.
  const history = fixedOf(messages.findLast(fixedOf))
  if (history) return history.bodyText(fields, messages, profile)
  return plainText({ ...fields, messages: messages.map((message, at) => sentMessage(message, profile, at)) })
}

function plainText(body: Readonly<Record<string, unknown>>): string {
  for (const key of Object.keys(body)) check(body[key], key)
  return wellFormedJson(body)
}

/** A message as this server takes it. */
export function sentMessage(message: Message, profile: Profile, at: number): Message {
  if (!isObject(message)) throw new RequestError(`messages[${at}]`, `\`messages[${at}]\` is no message.`)
  return wireMessage(message, profile)
}

/** Refuses what JSON would lose or cannot say. The path is put into words only for the refusal. */
export function check(value: unknown, path: string, depth = 0): void {
  if (isPlain(value)) return
  if (value === undefined) {
    if (path.endsWith(']')) throw new RequestError(path, `\`${path}\` is undefined; lists have no holes.`)
    return
  }
  if (!isObject(value)) {
    const what = typeof value === 'number' ? value : `a ${typeof value}`
    throw new RequestError(path, `\`${path}\` is ${what}, which JSON cannot say.`)
  }
  if (depth > deepest) throw new RequestError(path.slice(0, 120), 'The body is nested too deep, or holds itself.')
  const list = Array.isArray(value)
  for (const key of list ? value.keys() : Object.keys(value)) {
    const inner: unknown = Reflect.get(value, key)
    if (!isPlain(inner)) check(inner, list ? `${path}[${key}]` : `${path}.${key}`, depth + 1)
  }
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || value === null || Number.isFinite(value)
}
