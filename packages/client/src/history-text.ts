/** The text of a request that goes on from another: of a history that grows only what is new is written. */

import { isFixed } from './fixed-json.ts'
import type { Profile } from './profiles.ts'
import type { Message } from './types/message.ts'

type MessageText = (message: Message, profile: Profile, at: number) => string

/** A list of fixed messages, and the body whose end they are. */
interface Written {
  readonly messages: Message[]
  readonly profile: Profile
  body: string
  /** where the first message begins in it */
  from: number
}

/** By the last message of the list. Of each history the longest list is kept. */
const written = new WeakMap<Message, Written>()

const end = ']}'

/**
 * The body of which `head` is the beginning, up to the bracket that opens its messages. What was sent is one flat text:
 * a slice of it costs nothing, so that each message of a history is written, and joined, once.
 */
export function historyText(head: string, messages: readonly Message[], profile: Profile, textOf: MessageText): string {
  const known = writtenBefore(messages, profile)
  let text = known ? known.body.slice(known.from, -end.length) : ''
  let at = known?.messages.length ?? 0
  const kept: Written = known ?? { messages: [], profile, body: '', from: 0 }
  let fixed = true
  for (; at < messages.length; at += 1) {
    const message = messages[at] as Message
    text += at === 0 ? textOf(message, profile, at) : `,${textOf(message, profile, at)}`
    if (fixed && isFixed(message)) kept.messages.push(message)
    else fixed = false
  }
  const body = `${head}${text}${end}`
  const last = messages.at(-1)
  if (fixed && last) {
    kept.body = body
    kept.from = head.length
    written.set(last, kept)
  }
  return body
}

/** The longest list that this one begins with. It is let go: the caller makes it longer. */
function writtenBefore(messages: readonly Message[], profile: Profile): Written | undefined {
  for (let at = messages.length - 1; at >= 0; at -= 1) {
    const message = messages[at] as Message
    const known = written.get(message)
    if (known) {
      if (known.profile !== profile || !begins(messages, known.messages)) return undefined
      written.delete(message)
      return known
    }
    if (!isFixed(message)) return undefined
  }
  return undefined
}

function begins(messages: readonly Message[], beginning: readonly Message[]): boolean {
  if (beginning.length > messages.length) return false
  for (let at = beginning.length - 1; at >= 0; at -= 1) if (beginning[at] !== messages[at]) return false
  return true
}
