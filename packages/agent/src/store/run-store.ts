import type { RecordedEvent, StoredEvent } from '../events.ts'
import type { RunStatus } from '../state.ts'

/** A run as a list shows it. Times are milliseconds since 1970. */
export interface RunSummary {
  readonly runId: string
  readonly status: RunStatus
  readonly agent: string
  readonly startedAt: number
  readonly updatedAt: number
  readonly parent?: string
}

/** Where runs live. Everything in it is plain JSON. */
export interface RunStore {
  /** The events from a position on; empty for a run that is not there. */
  read(runId: string, from?: number): Promise<readonly StoredEvent[]>
  /** Makes this process the run's only owner; a run that is not there begins. @throws StoreError `locked` */
  claim(runId: string): Promise<RunLease>
  /** Latest first. */
  list(filter?: { status?: RunStatus | undefined }): AsyncIterable<RunSummary>
  delete(runId: string): Promise<void>
}

/** The right to append to a run. */
export interface RunLease {
  readonly runId: string
  /** events in the log */
  readonly length: number
  /** Another owner took over: everything of this one stops. */
  readonly lost: AbortSignal
  /** Durable when it resolves, all or nothing. @throws StoreError `stale` when `at` is not `length` or the run is another's */
  append(at: number, events: readonly StoredEvent[]): Promise<void>
  release(): Promise<void>
}

export type { RecordedEvent, StoredEvent }
