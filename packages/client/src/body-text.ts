/** The text of a request body: what is undefined is left out, what is fixed is not written again. */

import { RequestError } from './errors/request-error.ts'
import { fixedOf, jsonText } from './fixed-json.ts'
import { historyText } from './history-text.ts'
import type { Profile } from './profiles.ts'
import type { Message } from './types/message.ts'
import { wireMessage } from './wire-message.ts'

const deepest = 512

/**
 * @param body what is sent; its messages stand last, so that the text of a history can grow
 * @param profile of the server that messages go to
 * @throws RequestError naming the field that is no JSON: NaN, a bigint, a function, a circle
 */
export function bodyText(body: Readonly<Record<string, unknown>>, profile?: Profile): string {
  const { messages, ...fields } = body
  let text = '{'
  for (const key of Object.keys(fields)) {
    const value = fields[key]
    if (value !== undefined) text += `${text === '{' ? '' : ','}${JSON.stringify(key)}:${fieldText(key, value)}`
  }
  if (messages === undefined) return `${text}}`
  text += `${text === '{' ? '' : ','}"messages":`
  if (!profile || !Array.isArray(messages)) return `${text}${fieldText('messages', messages)}}`
  return historyText(`${text}[`, messages, profile, messageText)
}

function fieldText(key: string, value: unknown): string {
  return fixedOf(value)?.text ?? (Array.isArray(value) ? listText(value, key) : valueText(value, key))
}

function listText(list: readonly unknown[], path: string): string {
  let text = '['
  for (let at = 0; at < list.length; at += 1) text += (at === 0 ? '' : ',') + itemText(list[at], path, at)
  return `${text}]`
}

/** Where it stands is only put into words for what has to be checked. */
function itemText(item: unknown, path: string, at: number): string {
  return fixedOf(item)?.text ?? valueText(item, `${path}[${at}]`)
}

function valueText(value: unknown, path: string): string {
  check(value, path, 0)
  if (typeof value === 'object' && value !== null) return jsonText(value)
  return typeof value === 'string' ? JSON.stringify(value.toWellFormed()) : JSON.stringify(value)
}

/** A message as this server takes it. */
function messageText(message: Message, profile: Profile, at: number): string {
  if (typeof message !== 'object' || message === null)
    throw new RequestError(`messages[${at}]`, `\`messages[${at}]\` is no message.`)
  return itemText(wireMessage(message, profile), 'messages', at)
}

/** Refuses what JSON would lose or cannot say. The path is put into words only for the refusal. */
function check(value: unknown, path: string, depth: number): void {
  if (isPlain(value)) return
  switch (typeof value) {
    case 'number':
      throw new RequestError(path, `\`${path}\` is ${value}, which JSON cannot say.`)
    case 'bigint':
    case 'function':
    case 'symbol':
      throw new RequestError(path, `\`${path}\` is a ${typeof value}, which JSON cannot say.`)
    case 'undefined':
      if (path.endsWith(']')) throw new RequestError(path, `\`${path}\` is undefined; lists have no holes.`)
      return
    case 'object':
      if (value === null) return
      if (depth > deepest) throw new RequestError(path.slice(0, 120), 'The body is nested too deep, or holds itself.')
      if (Array.isArray(value)) {
        for (let at = 0; at < value.length; at += 1)
          if (!isPlain(value[at])) check(value[at], `${path}[${at}]`, depth + 1)
      } else
        for (const key of Object.keys(value)) {
          const inner: unknown = Reflect.get(value, key)
          if (!isPlain(inner)) check(inner, `${path}.${key}`, depth + 1)
        }
  }
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || value === null || Number.isFinite(value)
}
