/** Events between a run and its one reader: recorded ones are all kept, live ones that nobody has read yet are merged. */

import type { RunEvent } from '../state/events.ts'

export interface EventQueue {
  push(event: RunEvent): void
  /** No more will come. */
  end(error?: unknown): void
  /** Undefined at the end. @throws the error that ended it */
  next(): Promise<RunEvent | undefined>
}

export function eventQueue(before: readonly RunEvent[]): EventQueue {
  let queue: RunEvent[] = [...before]
  let read = 0
  let ended: { error?: unknown } | undefined
  let wake: (() => void) | undefined
  return {
    push(event) {
      const last = queue.length > read ? queue.at(-1) : undefined
      const merged = last && merge(last, event)
      if (merged) queue[queue.length - 1] = merged
      else queue.push(event)
      wake?.()
    },
    end(error) {
      ended = error === undefined ? {} : { error }
      wake?.()
    },
    async next() {
      while (true) {
        const event = queue[read]
        if (event) {
          read += 1
          if (read === queue.length) {
            queue = []
            read = 0
          }
          return event
        }
        if (ended) {
          if ('error' in ended) throw ended.error
          return undefined
        }
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}

function merge(last: RunEvent, next: RunEvent): RunEvent | undefined {
  if (last.runId !== next.runId) return undefined
  if (last.type === 'text.delta' && next.type === 'text.delta') return { ...next, delta: last.delta + next.delta }
  if (last.type === 'reasoning.delta' && next.type === 'reasoning.delta')
    return { ...next, delta: last.delta + next.delta }
  if (last.type === 'tool.arguments.delta' && next.type === 'tool.arguments.delta' && last.index === next.index)
    return { ...next, delta: last.delta + next.delta }
  if (last.type === 'tool.progress' && next.type === 'tool.progress' && last.callId === next.callId) return next
  return undefined
}
