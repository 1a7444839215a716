/** The text of a request that goes on from another: of a history that grows only what is new is written. */

import type { Profile } from '../profiles/profiles.ts'
import type { Message } from '../types/message.ts'
import { check, sentMessage } from './body-text.ts'
import { type Fixed, fixedOf } from './fixed.ts'
import { wellFormedJson } from './well-formed-json.ts'

/** A list of fixed messages, and the body whose end they are. It hangs on the last of them. */
interface Written {
  readonly profile: Profile
  readonly messages: Message[]
  body: string
  /** where the first message begins in it */
  from: number
}

const end = ']}'

/** The text of a fixed value, and the last request that ends with it. */
export class HistoryText implements Fixed {
  readonly text: string
  written: Written | undefined = undefined

  constructor(text: string) {
    this.text = text
  }

  /**
   * What was sent is one flat text: a slice of it costs nothing, so that each message of a history is written, and joined,
   * once.
   */
  bodyText(fields: Readonly<Record<string, unknown>>, messages: readonly Message[], profile: Profile): string {
    const head = `{${fieldsText(fields)}"messages":[`
    const known = writtenBefore(messages, profile)
    const kept = known ?? { profile, messages: [], body: '', from: 0 }
    let text = known ? known.body.slice(known.from, -end.length) : ''
    let fixed = true
    for (let at = kept.messages.length; at < messages.length; at += 1) {
      const message = messages[at] as Message
      const own = itemText(sentMessage(message, profile, at), 'messages', at)
      text += at === 0 ? own : `,${own}`
      fixed &&= fixedOf(message) !== undefined
      if (fixed) kept.messages.push(message)
    }
    const body = `${head}${text}${end}`
    if (fixed) {
      kept.body = body
      kept.from = head.length
      this.written = kept
    }
    return body
  }
}

/** The longest list that this one begins with. It is let go: the caller makes it longer. */
function writtenBefore(messages: readonly Message[], profile: Profile): Written | undefined {
  for (let at = messages.length - 1; at >= 0; at -= 1) {
    const fixed = fixedOf(messages[at])
    if (!(fixed instanceof HistoryText)) return undefined
    const { written } = fixed
    if (written) {
      if (written.profile !== profile || !begins(messages, written.messages)) return undefined
      fixed.written = undefined
      return written
    }
  }
  return undefined
}

function begins(messages: readonly Message[], beginning: readonly Message[]): boolean {
  if (beginning.length > messages.length) return false
  for (let at = beginning.length - 1; at >= 0; at -= 1) if (beginning[at] !== messages[at]) return false
  return true
}

/** Each field with the comma that follows it. */
function fieldsText(fields: Readonly<Record<string, unknown>>): string {
  let text = ''
  for (const key of Object.keys(fields)) {
    const value = fields[key]
    if (value !== undefined) text += `${JSON.stringify(key)}:${fieldText(value, key)},`
  }
  return text
}

function fieldText(value: unknown, key: string): string {
  const fixed = fixedOf(value)
  if (fixed) return fixed.text
  if (!Array.isArray(value)) return valueText(value, key)
  return `[${Array.from(value, (item, at) => itemText(item, key, at)).join(',')}]`
}

/** Where it stands is only put into words for what has to be checked. */
function itemText(item: unknown, path: string, at: number): string {
  return fixedOf(item)?.text ?? valueText(item, `${path}[${at}]`)
}

function valueText(value: unknown, path: string): string {
  check(value, path)
  return wellFormedJson(value)
}
