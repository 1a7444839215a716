/** Where a run goes on from: its own log, and the conversation that it continues. */

import type { Message } from '@pawl/client'
import { RunError } from '../errors/run-error.ts'
import type { Journal } from '../journal/journal.ts'
import { type Limits, mergeLimits } from '../limits/limits.ts'
import { estimateTokens } from '../limits/tokens.ts'
import type { RecordedEvent, StoredEvent } from '../state/events.ts'
import { validHistory } from '../state/history.ts'
import { fold, record } from '../state/record.ts'
import type { RunState } from '../state/state.ts'
import type { RunLease, RunStore } from '../store/run-store.ts'

/**
 * The log of a run that was claimed: of a new one `first`, which is on disk then, and of others what the store has.
 * @throws RunError `run_exists`, `run_unknown`
 */
export async function openLog(
  store: RunStore,
  lease: RunLease,
  first: readonly StoredEvent[],
): Promise<readonly StoredEvent[]> {
  const { runId, length, begun } = lease
  if (first.length > 0) {
    if (begun) return first
    if (length > 0)
      throw new RunError('run_exists', `There is a run ${runId} already; resume it, or take another id.`, { runId })
    await lease.append(0, first)
    return first
  }
  if (length === 0) throw new RunError('run_unknown', `The store holds no run ${runId}.`, { runId })
  return store.read(runId)
}

/** The state to go on from: with the conversation it continues. */
export async function openRun(store: RunStore, state: RunState): Promise<RunState> {
  const prior = state.after === undefined ? [] : await conversation(store, state.after)
  return prior.length === 0 || state.from > 0 ? state : withPrior(state, prior)
}

/**
 * A run that goes on: its log says so where it had stopped, or is given other limits. What follows from that stands in
 * the same append, so that no crash comes between.
 */
export async function resumed(journal: Journal, state: RunState, limits: Limits | undefined): Promise<RunState> {
  const stopped = state.status === 'stopped' && state.result?.stoppedBy?.limit !== 'aborted'
  if (limits === undefined && !stopped) {
    const { result: _, error: __, ...rest } = state
    return { ...rest, status: 'running' }
  }
  const events: RecordedEvent[] = [
    { type: 'run.resumed', ...(limits && { limits: mergeLimits(state.limits, limits) }) },
    ...(limits && isLastAnswer(state) ? [raised()] : []),
  ]
  return (await journal.note(events)).reduce(record, state)
}

/** An answer that was given under a limit, as the last one. */
function isLastAnswer({ closing, messages }: RunState): boolean {
  return closing !== undefined && messages.at(-1)?.role === 'assistant'
}

function raised(): RecordedEvent {
  const content = 'The limit was raised; go on, and use tools where they help.'
  return { type: 'message.added', by: 'loop', message: { role: 'user', content } }
}

function withPrior(state: RunState, prior: readonly Message[]): RunState {
  const size = prior.reduce((sum, message) => sum + estimateTokens(message), state.size)
  return { ...state, messages: [...prior, ...state.messages], from: prior.length, size }
}

/** The messages of a run, with those of the runs before it. @throws RunError `run_unknown` */
export async function conversation(store: RunStore, runId: string): Promise<readonly Message[]> {
  const log = await store.read(runId)
  const state = fold(log)
  if (!state) throw new RunError('run_unknown', `The store holds no run ${runId} to go on after.`, { runId })
  const compacted = log.some((event) => event.type === 'history.compacted')
  const before = state.after === undefined || compacted ? [] : await conversation(store, state.after)
  return validHistory([...before, ...state.messages])
}

/** Calls that were on record as begun when the log ended: this process did not begin them. */
export function doubtful({ steps, unanswered }: RunState): string[] {
  return unanswered.flatMap(({ index, started }) => (started === undefined ? [] : [`${steps}:${index}`]))
}
