/** Makes a history shorter at a boundary between steps: pairs stay together, and what comes first stays as it is. */

import type { Message } from '@pawl/client'
import type { Compaction } from '../agent.ts'
import type { RecordedEvent } from '../state/events.ts'
import type { RunState } from '../state/state.ts'

/**
 * The event that replaces the history, or undefined where nothing can be dropped. The first user message stays, so that the
 * cached prefix and the task stay; the last steps stay; between them stands the summary, if there is one.
 */
export async function compacted(
  state: RunState,
  { keep = 4, summarise }: Compaction,
  reason: 'size' | 'overflow',
  signal: AbortSignal,
): Promise<(RecordedEvent & { type: 'history.compacted' }) | undefined> {
  const { messages } = state
  const first = messages.findIndex((message) => message.role === 'user') + 1
  const tail = boundary(messages, keep)
  if (tail <= first) return undefined
  const dropped = messages.slice(first, tail)
  const summary = await summarise?.(dropped, signal)
  const between: Message[] = summary ? [{ role: 'user', content: `What happened before, in short:\n${summary}` }] : []
  return {
    type: 'history.compacted',
    messages: [...messages.slice(0, first), ...between, ...messages.slice(tail)],
    dropped: dropped.length,
    reason,
  }
}

/** Where the last `keep` steps begin: at an assistant message, so that no tool message loses its call. */
function boundary(messages: readonly Message[], keep: number): number {
  let steps = 0
  for (let at = messages.length - 1; at > 0; at -= 1) {
    if (messages[at]?.role !== 'assistant') continue
    steps += 1
    if (steps === keep) return at
  }
  // Fewer steps than are to be kept: all but the last one may go.
  return keep > 1 ? boundary(messages, keep - 1) : 0
}
