/** Whose word a run waits for, and where it comes from. */

import { RunError } from './errors/run-error.ts'
import { pendingOf } from './run/run-result.ts'
import type { Decision, Pending } from './state/pending.ts'
import type { RunState } from './state/state.ts'

/** Asked in this process; undefined leaves the call waiting. */
export type OnPending = (pending: Pending) => Decision | undefined | Promise<Decision | undefined>

/** A decision for a call of this run must be one that is asked for; those of children are checked by them. */
export function checkDecisions(state: RunState, decisions: readonly Decision[]): void {
  const own = pendingOf(state)
  const unknown = decisions.find(({ id }) => !own.some((pending) => pending.id === id))
  if (!unknown) return
  throw new RunError(
    'decision_unknown',
    `Nothing in the run ${state.runId} waits for the decision ${unknown.id}; it may have been decided, or asked anew.`,
    { runId: state.runId },
  )
}

/** A decision that was given beforehand, else one that is asked for in this process, once, else none: the run is parked. */
export function decider(given: Decision[], onPending: OnPending | undefined) {
  const left = new Set<string>()
  return async (pending: readonly Pending[]): Promise<Decision | undefined> => {
    for (const { id } of pending) {
      const at = given.findIndex((decision) => decision.id === id)
      if (at !== -1) return given.splice(at, 1)[0]
    }
    for (const each of pending) {
      if (left.has(each.id)) continue
      const decision = await onPending?.(each)
      if (decision) return decision
      left.add(each.id)
    }
    return undefined
  }
}
