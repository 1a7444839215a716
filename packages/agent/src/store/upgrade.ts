/** Brings events of older logs up to the present version. A newer log is refused. */

import { StoreError } from '../errors/store-error.ts'
import { logVersion, type StoredEvent } from '../state/events.ts'

/** From the version of its place in the list (the first: from 1) to the next one. */
export type Upgrade = (event: any) => unknown

/** Grows by one with each `logVersion`, and is never cut: a log may have waited for years. */
const upgrades: readonly Upgrade[] = []

/**
 * @param version the log version that the event was written under
 * @throws StoreError `version` when that is newer than this code
 */
export function upgrade(event: StoredEvent, version: number, steps = upgrades): StoredEvent {
  const present = steps === upgrades ? logVersion : steps.length + 1
  if (version > present)
    throw new StoreError(
      'version',
      `The run ${event.runId} was written by a newer Pawl (log version ${version}); this one knows ${present}.`,
      { runId: event.runId },
    )
  if (version === present) return event
  const raised = steps.slice(version - 1).reduce((raw, step) => step(raw), event as unknown) as StoredEvent
  return raised.type === 'run.started' ? { ...raised, v: present } : raised
}
