import type { StoredEvent } from '../state/events.ts'
import type { RunStatus } from '../state/state.ts'
import type { RunSummary } from './run-store.ts'

/** The line of a run in a list; undefined before it began. */
export function summaryOf(events: readonly StoredEvent[]): RunSummary | undefined {
  const [first] = events
  const last = events.at(-1)
  if (first?.type !== 'run.started' || !last) return undefined
  const { runId, agent, time, parent } = first
  return {
    runId,
    agent,
    status: statusAfter(last),
    startedAt: time,
    updatedAt: last.time,
    ...(parent !== undefined && { parent }),
  }
}

/** The status of a run whose log ends with this event. */
export function statusAfter({ type }: StoredEvent): RunStatus {
  switch (type) {
    case 'run.waiting':
      return 'waiting'
    case 'run.done':
      return 'done'
    case 'run.stopped':
      return 'stopped'
    case 'run.failed':
      return 'failed'
    default:
      return 'running'
  }
}
