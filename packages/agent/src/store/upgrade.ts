/** Brings events of older logs up to the present version. A newer log is refused. */

import { StoreError } from '../errors/store-error.ts'
import { logVersion, type StoredEvent } from '../events.ts'

/** @throws StoreError `version` */
export function upgrade(event: StoredEvent): StoredEvent {
  if (event.type === 'run.started' && event.v > logVersion) {
    throw new StoreError(
      'version',
      `The run ${event.runId} was written by a newer Pawl (log version ${event.v}); this one knows ${logVersion}.`,
      { runId: event.runId },
    )
  }
  return event
}
