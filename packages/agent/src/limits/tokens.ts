/** How many tokens a message is likely to be, from the length of its text: for reservations, not for bills. */

import { jsonText, type Message, type ModelRequest } from '@pawl/client'

/** Four characters a token fits English; other scripts use more tokens for fewer characters, so what is not ASCII counts double. */
export function estimateTokens(message: Message): number {
  const text = typeof message.content === 'string' && message.role === 'user' ? message.content : jsonText(message)
  return Math.ceil(text.length / 4) + 4
}

/** The whole request: its messages, tools and shape of the answer. */
export function estimateRequest({ messages, tools, response_format }: ModelRequest): number {
  const beside = [...(tools ?? []), ...(response_format ? [response_format] : [])]
  const text = beside.reduce((sum, part) => sum + jsonText(part).length, 0)
  return messages.reduce((sum, message) => sum + estimateTokens(message), Math.ceil(text / 4))
}
