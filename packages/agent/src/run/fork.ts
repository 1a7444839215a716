/** A new run that goes on from a step of another one, with a change. */

import type { Message } from '@pawl/client'
import { RunError } from '../errors/run-error.ts'
import { isEnd, type RecordedEvent, type StoredEvent } from '../state/events.ts'
import { validHistory } from '../state/history.ts'
import { fold } from '../state/record.ts'
import type { RunStore } from '../store/run-store.ts'
import { conversation } from './open-run.ts'
import { newRunId } from './run-id.ts'

/** Where the new run leaves the old one, and what it changes. */
export interface ForkOptions {
  /** the position of an event at the end of a step: no call is left unanswered there */
  at: number
  /** what the new run sees of the conversation up to there; all of it when left out */
  change?: ((messages: readonly Message[]) => readonly Message[]) | undefined
}

/**
 * The log up to `at` becomes a run of its own, with a link to where it came from; steps and usage count on. For `resume`.
 * @returns the new run's id
 * @throws RunError `run_unknown`, or `run_ended` where `at` is not the end of a step
 */
export async function fork(store: RunStore, runId: string, { at, change }: ForkOptions): Promise<string> {
  const log = (await store.read(runId)).filter((event) => event.at <= at)
  const state = fold(log)
  const [started, ...rest] = log
  if (!state || started?.type !== 'run.started')
    throw new RunError('run_unknown', `The store holds no run ${runId}.`, { runId })
  if (state.unanswered.length > 0) {
    throw new RunError(
      'run_ended',
      `The run ${runId} cannot be forked at ${at}: calls of that step have no answer there. Take the last event of a step.`,
      { runId },
    )
  }
  const prior = state.after === undefined ? [] : await conversation(store, state.after)
  const messages = [...prior, ...state.messages]
  const changed = change ? validHistory(change(messages)) : messages
  const events: RecordedEvent[] = [
    { ...started, forked: { runId, at } },
    ...rest.filter((event) => !isEnd(event)),
    ...(changed === messages
      ? []
      : [{ type: 'history.compacted' as const, messages: changed, dropped: 0, reason: 'size' as const }]),
  ]
  const time = Date.now()
  const copy = newRunId(time)
  const lease = await store.claim(copy)
  try {
    await lease.append(
      0,
      events.map((event, index): StoredEvent => ({ ...event, runId: copy, at: index, time })),
    )
  } finally {
    await lease.release()
  }
  return copy
}
