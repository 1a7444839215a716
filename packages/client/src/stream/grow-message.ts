/** A message grown by one delta: text is joined, the rest replaced. */

import { isObject } from '../is-object.ts'
import type { Delta } from '../types/chunk.ts'
import type { Choice } from '../types/completion.ts'
import type { Growth } from './growth.ts'

/** Changes the message of the choice; tool calls are not its business. */
export function growMessage(choice: Choice, delta: Delta, growth: Growth): void {
  const { message } = choice
  for (const key in delta) {
    const value = delta[key as keyof Delta]
    switch (key) {
      case 'content':
        if (typeof value === 'string') addContent(choice, value, growth)
        else if (Array.isArray(value)) for (const part of value) addPart(choice, part, growth)
        break
      case 'refusal':
        if (typeof value === 'string') {
          message.refusal = (message.refusal ?? '') + value
          if (value !== '') growth.refusal?.(choice, value)
        } else message.refusal ??= null
        break
      case 'reasoning_content':
      case 'reasoning':
        if (typeof value === 'string') addReasoning(choice, key, value, delta, growth)
        break
      case 'reasoning_details':
        if (Array.isArray(value)) message.reasoning_details = joinDetails(message.reasoning_details ?? [], value)
        break
      case 'audio':
      case 'function_call':
        if (isObject(value)) Object.assign(message, { [key]: joined(message[key] ?? empty[key], value) })
        break
      case 'annotations':
        if (Array.isArray(value)) message.annotations = [...(message.annotations ?? []), ...value]
        break
      case 'role':
      case 'tool_calls':
      case '__proto__':
        break
      default:
        if (value !== null && value !== undefined) Object.assign(message, { [key]: value })
    }
  }
}

export function addContent(choice: Choice, text: string, growth: Growth): void {
  const { message } = choice
  message.content = message.content ? message.content + text : text
  if (text !== '') growth.content?.(choice, text)
}

/** Mistral sends its thinking as a part of the content. */
function addPart(choice: Choice, part: unknown, growth: Growth): void {
  if (!isObject(part)) return
  const { type, text, thinking } = part as { type?: unknown; text?: unknown; thinking?: unknown }
  if (type === 'text' && typeof text === 'string') addContent(choice, text, growth)
  if (type !== 'thinking' || !Array.isArray(thinking)) return
  for (const each of thinking as { text?: unknown }[])
    if (typeof each?.text === 'string') addReasoning(choice, 'reasoning_content', each.text, {}, growth)
}

/** A server that sends the same thinking under both names is told once. */
function addReasoning(
  choice: Choice,
  key: 'reasoning_content' | 'reasoning',
  text: string,
  delta: Delta,
  growth: Growth,
): void {
  if (text === '') return
  const { message } = choice
  message[key] = (message[key] ?? '') + text
  if (key === 'reasoning' && delta.reasoning_content) return
  growth.reasoning?.(choice, text)
}

type Detail = { readonly [key: string]: unknown }

/** Pieces of one detail come one after another, with the same type and index: their texts are joined. */
function joinDetails(details: readonly unknown[], added: readonly unknown[]): unknown[] {
  const list = [...details]
  for (const detail of added as Detail[]) {
    const last = list.at(-1) as Detail | undefined
    if (last && detail && last['type'] === detail['type'] && last['index'] === detail['index'] && 'index' in detail)
      list[list.length - 1] = joined(last, detail)
    else list.push(detail)
  }
  return list
}

const empty = {
  audio: { id: '', expires_at: 0, data: '', transcript: '' },
  function_call: { name: '', arguments: '' },
}

const textFields = ['text', 'summary', 'data', 'transcript', 'arguments']

/** Texts are joined; of all else the last value stands that says something. */
function joined(before: object, added: object): object {
  const whole: Record<string, unknown> = { ...before }
  for (const [key, value] of Object.entries(added)) {
    const text = whole[key]
    const isPiece = textFields.includes(key) && typeof text === 'string' && typeof value === 'string'
    if (value !== null && value !== undefined && value !== '') whole[key] = isPiece ? text + value : value
  }
  return whole
}
