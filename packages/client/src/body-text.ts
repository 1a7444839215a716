/** The text of a request body: what is undefined is left out, what is fixed is not written again. */

import { RequestError } from './errors/request-error.ts'
import { fixedText, isFixed, jsonText } from './fixed-json.ts'
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
  // Texts are only added up here: the engine copies them once, when the whole is sent. A join would copy each history twice.
  let text = ''
  for (const key of Object.keys(body)) {
    const value = body[key]
    if (value !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${fieldText(key, value, profile)}`
  }
  return `{${text}}`
}

function fieldText(key: string, value: unknown, profile: Profile | undefined): string {
  if (!Array.isArray(value)) return valueText(value, key)
  return key === 'messages' && profile ? messagesText(value, profile) : listText(value, key)
}

function listText(list: readonly unknown[], path: string): string {
  let text = '['
  for (let at = 0; at < list.length; at += 1) text += (at === 0 ? '' : ',') + itemText(list[at], path, at)
  return `${text}]`
}

/** Where it stands is only put into words for what has to be checked. */
function itemText(item: unknown, path: string, at: number): string {
  return fixedText(item) ?? valueText(item, `${path}[${at}]`)
}

function valueText(value: unknown, path: string): string {
  const known = fixedText(value)
  if (known !== undefined) return known
  check(value, path, 0)
  if (typeof value === 'object' && value !== null) return jsonText(value)
  return typeof value === 'string' ? JSON.stringify(value.toWellFormed()) : JSON.stringify(value)
}

/** The list of messages as this server takes it; of fixed messages the changed text is kept too. */
function messagesText(messages: readonly Message[], profile: Profile): string {
  const changed = changedTexts.get(profile) ?? new WeakMap<Message, string>()
  changedTexts.set(profile, changed)
  let text = ''
  for (let at = 0; at < messages.length; at += 1) {
    const message = messages[at]
    if (typeof message !== 'object' || message === null)
      throw new RequestError(`messages[${at}]`, `\`messages[${at}]\` is no message.`)
    text += (at === 0 ? '' : ',') + messageText(message, profile, changed, at)
  }
  return `[${text}]`
}

function messageText(message: Message, profile: Profile, changed: WeakMap<Message, string>, at: number): string {
  const known = changed.get(message)
  if (known !== undefined) return known
  const sent = wireMessage(message, profile)
  const text = itemText(sent, 'messages', at)
  if (sent !== message && isFixed(message)) changed.set(message, text)
  return text
}

const changedTexts = new WeakMap<Profile, WeakMap<Message, string>>()

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
