/** What the runs of a store wait for, read from their logs: no model is asked and no run is claimed. */

import type { Pending, RunStatus, RunStore, StoredEvent } from 'pawl'

export interface Unfinished {
  readonly runId: string
  /** `running` may mean that its process died */
  readonly status: RunStatus
  readonly pending: readonly Pending[]
}

/** Asked for and not yet decided. */
export function pendingIn(log: readonly StoredEvent[]): readonly Pending[] {
  const decided = new Set(log.flatMap((event) => (event.type === 'approval.given' ? [event.id] : [])))
  const asked = log.flatMap((event) => (event.type === 'approval.asked' ? [event.pending, ...(event.also ?? [])] : []))
  return asked.filter(({ id }) => !decided.has(id))
}

/** Every run without its answer, latest first; one that waits for somebody's word has `pending`. */
export async function unfinished(store: RunStore): Promise<Unfinished[]> {
  const found: Unfinished[] = []
  for await (const { runId, status } of store.list()) {
    if (status === 'done') continue
    found.push({ runId, status, pending: status === 'waiting' ? pendingIn(await store.read(runId)) : [] })
  }
  return found
}

/** One line: the call, and why somebody is asked. */
export function told({ type, call, reason }: Pending): string {
  const asked = call.type === 'function' ? `${call.function.name} ${call.function.arguments}` : call.custom.name
  if (type === 'unknown') return `${asked}: had begun when its process died, and may have happened`
  return reason === undefined ? asked : `${asked}: ${reason}`
}
