/** Where runs live: the seam between the embedded journal and a file, a database, a memory. */

import type { StoredEvent } from '../state/events.ts'
import type { RunStatus } from '../state/state.ts'

/** A run as a list shows it. Times are milliseconds since 1970. */
export interface RunSummary {
  readonly runId: string
  /** of the last event; a run whose process died stays `running` until somebody resumes it */
  readonly status: RunStatus
  readonly agent: string
  readonly startedAt: number
  readonly updatedAt: number
  readonly parent?: string
}

/**
 * Keeps the logs of runs. Everything in it is plain JSON, and comes back as plain JSON. Every method checks the id.
 * @throws StoreError from every method; its `reason` says what the caller can do
 */
export interface RunStore {
  /** The events from a position on; empty for a run that is not there. @throws StoreError `corrupt`, `version` */
  read(runId: string, from?: number): Promise<readonly StoredEvent[]>
  /**
   * Makes the caller the run's only owner; a run that is not there begins.
   * @param first what the log of a run that is not there begins with. A store may write it in one step with the claim: the
   * lease has `begun` then. Where it has not, the caller appends.
   * @throws StoreError `locked`
   */
  claim(runId: string, first?: readonly StoredEvent[]): Promise<RunLease>
  /** Latest start first. A run that nothing was written of is not in it. */
  list(filter?: { status?: RunStatus | undefined }): AsyncIterable<RunSummary>
  /** Takes the run out with all its events; an owner loses it. A run that is not there is no error. */
  delete(runId: string): Promise<void>
}

/** The right to append to a run. It is kept alive by the store until it is released, lost, or its process ends. */
export interface RunLease {
  readonly runId: string
  /** events in the log */
  readonly length: number
  /** whether the claim wrote the events that it was given */
  readonly begun?: boolean
  /** Fires when another owner took over or the run was deleted: everything of this owner stops. */
  readonly lost: AbortSignal
  /**
   * Durable when it resolves, all or nothing; one at a time.
   * @param options.release lets the run go in the same step. A store may leave that to `release`, which is called in any case
   * @throws StoreError `stale` when `at` is not `length` or the run is another's
   */
  append(at: number, events: readonly StoredEvent[], options?: { readonly release?: boolean }): Promise<void>
  /** Never throws; what cannot be written now is tried again. */
  release(): Promise<void>
}
