/** The text of a request that goes on from another: of a history that grows only what is new is written. */

import { type Fixed, fixedOf } from './fixed-json.ts'
import type { Profile } from './profiles.ts'
import type { Message } from './types/message.ts'

type MessageText = (message: Message, profile: Profile, at: number) => string

/** A list of fixed messages, and the body whose end they are. It hangs on the last of them. */
class Written {
  readonly profile: Profile
  readonly messages: Message[] = []
  body = ''
  /** where the first message begins in it */
  from = 0

  constructor(profile: Profile) {
    this.profile = profile
  }
}

const end = ']}'

/**
 * The body of which `head` is the beginning, up to the bracket that opens its messages. What was sent is one flat text:
 * a slice of it costs nothing, so that each message of a history is written, and joined, once.
 */
export function historyText(head: string, messages: readonly Message[], profile: Profile, textOf: MessageText): string {
  const known = writtenBefore(messages, profile)
  const kept = known ?? new Written(profile)
  let text = known ? known.body.slice(known.from, -end.length) : ''
  let last: Fixed | undefined
  let fixed = true
  for (let at = kept.messages.length; at < messages.length; at += 1) {
    const message = messages[at] as Message
    text += at === 0 ? textOf(message, profile, at) : `,${textOf(message, profile, at)}`
    last = fixed ? fixedOf(message) : undefined
    if (last) kept.messages.push(message)
    else fixed = false
  }
  const body = `${head}${text}${end}`
  if (fixed) {
    kept.body = body
    kept.from = head.length
    last ??= fixedOf(messages.at(-1))
    if (last) last.request = kept
  }
  return body
}

/** The longest list that this one begins with. It is let go: the caller makes it longer. */
function writtenBefore(messages: readonly Message[], profile: Profile): Written | undefined {
  for (let at = messages.length - 1; at >= 0; at -= 1) {
    const fixed = fixedOf(messages[at])
    if (!fixed) return undefined
    const { request } = fixed
    if (request instanceof Written) {
      if (request.profile !== profile || !begins(messages, request.messages)) return undefined
      fixed.request = undefined
      return request
    }
  }
  return undefined
}

function begins(messages: readonly Message[], beginning: readonly Message[]): boolean {
  if (beginning.length > messages.length) return false
  for (let at = beginning.length - 1; at >= 0; at -= 1) if (beginning[at] !== messages[at]) return false
  return true
}
