/** What a server would refuse in a list of messages. */

import type { AssistantMessage, Message } from '@pawl/client'

/** Empty for a valid list: each call has one answer, right behind its message and in call order. */
export function problemsOf(messages: readonly Message[]): string[] {
  const found: string[] = []
  let open: string[] = []
  for (const message of messages) {
    if (message.role === 'tool') {
      const expected = open.shift()
      if (message.tool_call_id !== expected) found.push(`answer ${message.tool_call_id} in place of ${expected}`)
    } else {
      if (open.length > 0) found.push(`calls without an answer: ${open}`)
      open = message.role === 'assistant' ? (message.tool_calls ?? []).map(({ id }) => id) : []
      if (new Set(open).size < open.length || open.includes('')) found.push(`ids that are not unique: ${open}`)
      if (message.role === 'assistant') found.push(...problemsOfAnswer(message))
    }
    if (JSON.stringify(message).includes('\\ud')) found.push('half of a surrogate pair')
  }
  return open.length > 0 ? [...found, `calls without an answer: ${open}`] : found
}

function problemsOfAnswer({ content, refusal, tool_calls }: AssistantMessage): string[] {
  if (tool_calls && tool_calls.length === 0) return ['an empty list of calls']
  if (!tool_calls && typeof content !== 'string' && !Array.isArray(content) && !refusal) return ['nothing said']
  return (tool_calls ?? []).flatMap((call) => {
    if (call.type === 'custom') return []
    try {
      JSON.parse(call.function.arguments)
      return []
    } catch {
      return ['arguments that are no JSON']
    }
  })
}
