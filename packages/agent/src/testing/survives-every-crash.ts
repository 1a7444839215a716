/** Stops a run at each of its appends, goes on with it, and holds the end against that of a run that nothing stopped. */

import { again } from '../run/run.ts'
import type { Run } from '../run/run-handle.ts'
import type { RunResult } from '../run/run-result.ts'
import { approve, type Decision, type Pending } from '../state/pending.ts'
import { memoryStore } from '../store/memory-store.ts'
import type { RunStore } from '../store/run-store.ts'
import { type CrashPoint, crashingStore } from './crashing-store.ts'
import { finalHistory, repeatedSteps } from './final-history.ts'

/** What a test says to a run that waits. */
export interface CrashOptions {
  /** says what happens to what a run waits for; everything is approved when left out, also a call of unknown outcome */
  decide?: ((pending: Pending) => Decision) | undefined
}

/** What a test of crashes went through. */
export interface CrashReport {
  /** writes of the run when nothing stops it */
  readonly appends: number
  /** how often it was stopped: before and after each of them */
  readonly crashes: number
  /** calls of unknown outcome that somebody was asked about */
  readonly inDoubt: number
}

/**
 * `await survivesEveryCrash((store) => run(assistant, 'Refund order 17', { store }))`. The function is called once for
 * each crash, and the agent and options of the run it returns are used to resume it; so the model must answer by what it
 * is asked, not by how often (`turnsByStep`). Tools run as often as a real crash would make them run.
 * @throws an error with `expected` and `actual` at the first crash after which the run ends in another way
 */
export async function survivesEveryCrash<O>(
  start: (store: RunStore) => Run<O>,
  { decide = approve }: CrashOptions = {},
): Promise<CrashReport> {
  const whole = crashingStore(memoryStore())
  const unbroken = start(whole)
  await finish(unbroken, whole, decide)
  const expected = finalHistory(await whole.read(unbroken.runId))
  let inDoubt = 0
  const points = crashPoints(whole.appends)
  for (const point of points) {
    const store = memoryStore()
    const dying = crashingStore(store, point)
    const stopped = start(dying)
    await finish(stopped, dying, decide).catch((error) => {
      if (!dying.crashed) throw error
    })
    const begun = (await store.read(stopped.runId)).length > 0
    const resumed = begun ? again(stopped, { store }) : start(store)
    inDoubt += await finish(resumed, store, decide)
    const events = await store.read(resumed.runId)
    compare(point, finalHistory(events), expected)
    compare(point, repeatedSteps(events), [])
  }
  return { appends: whole.appends, crashes: points.length, inDoubt }
}

/** Both sides of each append. */
export function crashPoints(appends: number): readonly CrashPoint[] {
  return Array.from({ length: appends }, (_, append) => [
    { append, side: 'before' } as const,
    { append, side: 'after' } as const,
  ]).flat()
}

/** Runs to the end, with decisions where it waits. @returns how many calls were in doubt */
async function finish<O>(run: Run<O>, store: RunStore, decide: (pending: Pending) => Decision): Promise<number> {
  let inDoubt = 0
  let result: RunResult<O> = await run
  while (result.status === 'waiting') {
    inDoubt += result.pending.filter(({ type }) => type === 'unknown').length
    result = await again(run, { store, decisions: result.pending.map(decide) })
  }
  return inDoubt
}

function compare({ append, side }: CrashPoint, actual: unknown, expected: unknown): void {
  if (JSON.stringify(actual) === JSON.stringify(expected)) return
  const message = `A crash ${side} append ${append} changes how the run ends.`
  throw Object.assign(new Error(message), { actual, expected, showDiff: true })
}
