/**
 * The one choke point for lists of messages that come from outside: whatever happened to them, the list that goes on is a
 * valid request. Valid lists pass unchanged, and twice is the same as once.
 */

import type { AssistantMessage, Message, ToolMessage } from '@pawl/client'
import { validCalls } from './assistant-message.ts'

const lost = 'The result of this call is lost: it was interrupted, and whether it took effect is unknown.'

/** Every call gets exactly one tool message, right behind its message and in call order; answers without a call are dropped. */
export function validHistory(messages: readonly Message[]): readonly Message[] {
  const valid: Message[] = []
  let changed = false
  for (let at = 0; at < messages.length; at += 1) {
    const message = messages[at]
    if (!message || message.role === 'tool') {
      changed = true
      continue
    }
    if (message.role !== 'assistant' || !message.tool_calls?.length) {
      const kept = message.role === 'assistant' ? answered(message) : message
      const formed = wellFormed(kept)
      changed ||= formed !== message
      valid.push(formed)
      continue
    }
    const answers: ToolMessage[] = []
    for (let next = messages[at + 1]; next?.role === 'tool'; next = messages[at + 1]) {
      answers.push(next)
      at += 1
    }
    const pair = validPair(message, answers)
    changed ||=
      pair.length !== answers.length + 1 ||
      pair.some((each, index) => each !== (index === 0 ? message : answers[index - 1]))
    valid.push(...pair)
  }
  return changed ? valid : messages
}

/** Answers are matched by id; ids that two calls share are matched in the order in which they stand. */
function validPair(message: AssistantMessage, answers: readonly ToolMessage[]): Message[] {
  const calls = message.tool_calls ?? []
  const settled = validCalls(calls)
  const left = [...answers]
  const paired = settled.map(({ id }, index): ToolMessage => {
    const found = left.findIndex((answer) => answer.tool_call_id === calls[index]?.id)
    const [taken] = found === -1 ? [] : left.splice(found, 1)
    if (!taken) return { role: 'tool', tool_call_id: id, content: lost }
    const formed = wellFormed(taken)
    return formed.tool_call_id === id ? formed : { ...formed, tool_call_id: id }
  })
  const same = settled.every((call, index) => call === calls[index])
  return [wellFormed(same ? message : { ...message, tool_calls: settled }), ...paired]
}

/** A message without calls says something, if only nothing. */
function answered(message: AssistantMessage): AssistantMessage {
  const { tool_calls, ...rest } = message
  const silent = message.content == null && !message.refusal && !message.audio
  if (!tool_calls && !silent) return message
  return silent ? { ...rest, content: '' } : rest
}

/** No half of a surrogate pair: servers refuse the whole conversation for one. */
function wellFormed<M extends Message>(message: M): M {
  const { content } = message
  if (typeof content === 'string')
    return content.isWellFormed() ? message : { ...message, content: content.toWellFormed() }
  if (!Array.isArray(content)) return message
  const parts: readonly { type: string; text?: string }[] = content
  if (parts.every((part) => part.type !== 'text' || part.text?.isWellFormed())) return message
  return {
    ...message,
    content: parts.map((part) => (part.type === 'text' ? { ...part, text: part.text?.toWellFormed() } : part)),
  } as M
}
