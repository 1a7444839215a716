/** The text of a request body: what is undefined is left out, what is fixed is not written again. */

import { RequestError } from './errors/request-error.ts'
import { isFixed, jsonText } from './fixed-json.ts'
import type { Profile } from './profiles.ts'
import type { Message } from './types/message.ts'
import { wireMessage } from './wire-message.ts'

const deepest = 512

/**
 * @param body what is sent; lists of messages and tools may be long and are joined from the texts of their items
 * @param profile of the server that messages go to
 * @throws RequestError naming the field that is no JSON: NaN, a bigint, a function, a circle
 */
export function bodyText(body: Readonly<Record<string, unknown>>, profile?: Profile): string {
  const fields: string[] = []
  for (const key of Object.keys(body)) {
    const value = body[key]
    if (value !== undefined) fields.push(`${JSON.stringify(key)}:${fieldText(key, value, profile)}`)
  }
  return `{${fields.join(',')}}`
}

function fieldText(key: string, value: unknown, profile: Profile | undefined): string {
  if (!Array.isArray(value)) return valueText(value, key)
  return key === 'messages' && profile ? messagesText(value, profile) : listText(value, key)
}

function listText(list: readonly unknown[], path: string): string {
  let text = '['
  for (let at = 0; at < list.length; at += 1) text += (at === 0 ? '' : ',') + valueText(list[at], `${path}[${at}]`)
  return `${text}]`
}

function valueText(value: unknown, path: string): string {
  if (typeof value === 'object' && value !== null) {
    if (!isFixed(value)) check(value, path, 0)
    return jsonText(value)
  }
  check(value, path, 0)
  return typeof value === 'string' ? JSON.stringify(value.toWellFormed()) : JSON.stringify(value)
}

/** The list of messages as this server takes it; of fixed messages the changed text is kept too. */
function messagesText(messages: readonly Message[], profile: Profile): string {
  const changed = changedTexts.get(profile) ?? new WeakMap<Message, string>()
  changedTexts.set(profile, changed)
  const texts = messages.map((message, at) => {
    const known = typeof message === 'object' && message !== null ? changed.get(message) : undefined
    if (known !== undefined) return known
    if (typeof message !== 'object' || message === null)
      throw new RequestError(`messages[${at}]`, `\`messages[${at}]\` is no message.`)
    const sent = wireMessage(message, profile)
    const text = valueText(sent, `messages[${at}]`)
    if (sent !== message && isFixed(message)) changed.set(message, text)
    return text
  })
  return `[${texts.join(',')}]`
}

const changedTexts = new WeakMap<Profile, WeakMap<Message, string>>()

/** Refuses what JSON would lose or cannot say. */
function check(value: unknown, path: string, depth: number): void {
  switch (typeof value) {
    case 'number':
      if (!Number.isFinite(value)) throw new RequestError(path, `\`${path}\` is ${value}, which JSON cannot say.`)
      return
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
      if (Array.isArray(value))
        for (let at = 0; at < value.length; at += 1) check(value[at], `${path}[${at}]`, depth + 1)
      else for (const key of Object.keys(value)) check(Reflect.get(value, key), `${path}.${key}`, depth + 1)
  }
}
