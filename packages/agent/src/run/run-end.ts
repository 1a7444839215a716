/** How an attempt at a run ends that comes to no result: the event in its log, and the error for its caller. */

import { AbortError, isPawlError, PawlError } from '@pawl/client'
import type { RecordedEvent } from '../state/events.ts'
import type { RunState } from '../state/state.ts'

/** The end of an attempt: a later one goes on from it. */
export function endEvent(state: RunState, { code, message }: PawlError, aborted: boolean): RecordedEvent {
  if (!aborted) return { type: 'run.failed', error: { code, message } }
  const stoppedBy = { limit: 'aborted', reached: state.steps, allowed: state.steps } as const
  return { type: 'run.stopped', reason: 'aborted', stoppedBy, text: state.text }
}

const notOfTheRun: ReadonlySet<string> = new Set(['store_error', 'run_exists', 'run_unknown', 'decision_unknown'])

/** Faults of the store, and of what was asked of it: they are no end of the run. */
export function isStoreFault(error: unknown): boolean {
  return isPawlError(error) && notOfTheRun.has(error.code)
}

/** What had come until then is its `partial`. */
export function abortOf(signal: AbortSignal, state: RunState | undefined, runId: string): AbortError {
  const partial = state && { text: state.text, messages: state.messages, usage: state.usage, steps: state.steps }
  return new AbortError(`The run ${runId} was aborted; resume goes on from its last step.`, {
    cause: signal.reason,
    partial,
    runId,
  })
}

/** The error itself where it is one of ours, with the run's id. */
export function asPawlError(cause: unknown, runId: string): PawlError {
  if (!isPawlError(cause))
    return new PawlError(cause instanceof Error ? cause.message : 'The run failed.', { cause, runId })
  if (cause.runId === undefined)
    Object.defineProperty(cause, 'runId', { value: runId, enumerable: true, configurable: true })
  return cause
}
