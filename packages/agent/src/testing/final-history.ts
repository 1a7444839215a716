/** How a run ended, without what a crash may change. */

import type { StoredEvent } from '../events.ts'
import { fold } from '../record.ts'

/**
 * The conversation and the result that a log comes to; undefined for an empty log. Calls are named by their order: a
 * server that is asked again after a crash names them anew.
 */
export function finalHistory(events: readonly StoredEvent[]): unknown {
  const state = fold(events)
  if (!state) return undefined
  const { status, agent, steps, messages, result } = state
  const names = new Map<string, string>()
  for (const message of messages)
    if (message.role === 'assistant')
      for (const { id } of message.tool_calls ?? []) names.set(id, `call ${names.size + 1}`)
  const renamed = JSON.stringify(messages, (key, value) =>
    key === 'id' || key === 'tool_call_id' ? (names.get(value) ?? value) : value,
  )
  return { status, agent, steps, messages: JSON.parse(renamed), result }
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
