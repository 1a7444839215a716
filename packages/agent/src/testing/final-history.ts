/** How a run ended, without what a crash may change. */

import type { Message } from '@pawl/client'
import type { StoredEvent } from '../state/events.ts'
import { fold } from '../state/record.ts'

/**
 * The conversation and the result that a log comes to; undefined for an empty log. Calls are named by their place: a server
 * that is asked again after a crash names them anew.
 */
export function finalHistory(events: readonly StoredEvent[]): unknown {
  const state = fold(events)
  if (!state) return undefined
  const { status, agent, steps, messages, result } = state
  return { status, agent, steps, messages: withPlaces(messages), result }
}

/** Names hold within one message and its answers only; the next message may use them again. */
function withPlaces(messages: readonly Message[]): readonly Message[] {
  let places = new Map<string, string>()
  return messages.map((message, at) => {
    if (message.role === 'tool')
      return { ...message, tool_call_id: places.get(message.tool_call_id) ?? message.tool_call_id }
    if (message.role !== 'assistant' || !message.tool_calls) return message
    places = new Map(message.tool_calls.map(({ id }, index) => [id, `${at}:${index}`]))
    return {
      ...message,
      tool_calls: message.tool_calls.map((call) => ({ ...call, id: places.get(call.id) ?? call.id })),
    }
  })
}

/** Steps and calls that a log tells the end of more than once; it must be empty. */
export function repeatedSteps(events: readonly StoredEvent[]): readonly string[] {
  const seen = new Set<string>()
  return events.flatMap((event) => {
    const name =
      event.type === 'completion.done'
        ? `model:${event.step}`
        : event.type === 'tool.done' && !event.late
          ? `tool:${event.step}:${event.index}`
          : undefined
    if (name === undefined) return []
    if (seen.has(name)) return [name]
    seen.add(name)
    return []
  })
}
