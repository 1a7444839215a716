/** The text of a request body: what is undefined is left out, what is fixed is not written again. */

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
  let head = ''
  for (const key of Object.keys(fields)) {
    const value = fields[key]
    if (value !== undefined) head += `${JSON.stringify(key)}:${fieldText(key, value)},`
  }
  if (messages === undefined) return `{${head.slice(0, -1)}}`
  head = `{${head}"messages":`
  if (!profile || !Array.isArray(messages)) return `${head}${fieldText('messages', messages)}}`
  return (
    fixedOf(messages.at(-1))?.bodyText(`${head}[`, messages, profile, messageText) ??
    `${head}${listText(messages, (message, at) => messageText(message, profile, at))}}`
  )
}

function fieldText(key: string, value: unknown): string {
  return (
    fixedOf(value)?.text ??
    (Array.isArray(value) ? listText(value, (item, at) => itemText(item, key, at)) : valueText(value, key))
  )
}

/** A hole is an item too, and an undefined one. */
function listText<T>(list: readonly T[], textOf: (item: T, at: number) => string): string {
  let text = ''
  for (let at = 0; at < list.length; at += 1) text += (at === 0 ? '' : ',') + textOf(list[at] as T, at)
  return `[${text}]`
}

/** Where it stands is only put into words for what has to be checked. */
function itemText(item: unknown, path: string, at: number): string {
  return fixedOf(item)?.text ?? valueText(item, `${path}[${at}]`)
}

function valueText(value: unknown, path: string): string {
  check(value, path, 0)
  return wellFormedJson(value)
}

/** A message as this server takes it. */
function messageText(message: Message, profile: Profile, at: number): string {
  if (!isObject(message)) throw new RequestError(`messages[${at}]`, `\`messages[${at}]\` is no message.`)
  return itemText(wireMessage(message, profile), 'messages', at)
}

/** Refuses what JSON would lose or cannot say. The path is put into words only for the refusal. */
function check(value: unknown, path: string, depth: number): void {
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
