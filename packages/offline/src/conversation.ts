// What the newest turn asks, in view of the turns before it.
import { type DoneCall, doneCalls } from './plan/done-call.ts'
import type { OfferedMessage } from './wire/request.ts'

/** The newest turn of a conversation. */
export interface Turn {
  /** What the user asks; an answer to a question of ours is joined to the request that it belongs to. */
  readonly text: string
  /** Calls of this turn that are answered. */
  readonly done: readonly DoneCall[]
  /** Calls of the turns before, oldest first. */
  readonly earlier: readonly DoneCall[]
}

/** Finds the newest turn. Without a user message its text is empty. */
export function newestTurn(messages: readonly OfferedMessage[]): Turn {
  const at = messages.findLastIndex((message) => message.role === 'user')
  // Several user messages in a row are one turn.
  let first = at
  while (messages[first - 1]?.role === 'user') first -= 1
  const text = messages
    .slice(Math.max(0, first), at + 1)
    .map((message) => message.text)
    .join('\n')
  const before = messages.slice(0, Math.max(0, first))
  const asked = before.at(-1)
  const missing = asked?.role === 'assistant' && !declines(text) ? missingIn(asked.text) : undefined
  const request = before.findLast((message) => message.role === 'user')
  return {
    text: missing === undefined || !request ? text : `${request.text}\n${missing ? `${missing}: ${text}` : text}`,
    done: doneCalls(messages.slice(at + 1)),
    earlier: doneCalls(before),
  }
}

/** "Never mind" answers no question: the request is taken back. */
function declines(text: string): boolean {
  return /^\s*(?:no|nope|never ?mind|forget (?:it|that)|cancel|stop|don['’]t|do not|nothing|none)\b/i.test(text)
}

/** The field that our own question asked for; an empty text when it asked for several, undefined when it asked nothing. */
function missingIn(text: string): string | undefined {
  const one =
    text.match(/I still need ([\w.]+)(?: \([^)]*\))?\. What should I use\?$/) ??
    text.match(/there are several ([\w.]+): .*\. Which one do you mean\?$/)
  if (one) return (one[1] ?? '').replaceAll('_', ' ')
  return /(?:What should I use|Which one do you mean)\?$/.test(text) ? '' : undefined
}
