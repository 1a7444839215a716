import type { RecordedEvent, StoredEvent } from '@pawl/agent'

/** A log of one run: these events, stamped with their places; a second apart. */
export function logOf(runId: string, ...events: readonly RecordedEvent[]): readonly StoredEvent[] {
  return events.map((event, at) => ({ ...event, runId, at, time: 1_000 * (at + 1) }))
}

export const started: Extract<RecordedEvent, { type: 'run.started' }> = {
  type: 'run.started',
  v: 1,
  agent: 'refunds',
  input: [{ role: 'user', content: 'Refund order 17' }],
  limits: {},
}

export const said = (content: string): RecordedEvent => ({
  type: 'message.added',
  by: 'user',
  message: { role: 'user', content },
})
