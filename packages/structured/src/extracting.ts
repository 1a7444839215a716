/** Asks the model until there is a value: the one loop behind every extraction, awaited or iterated. */

import { type ChatCompletion, isPawlError, type Model, profileOf, type Usage, withFacts } from '@pawl/client'
import { fallbackFrom, firstMode, remember } from './ask/mode.ts'
import { firstTurn, judge, partialValue, repair, type Task, turnRequest } from './ask/turn.ts'
import { failureError } from './failure-error.ts'
import { interrupted } from './interrupted.ts'
import type { GoodReading } from './read/read-text.ts'
import { type Batch, streamedAnswer } from './read/streamed-answer.ts'
import type { View } from './read/view.ts'
import { addUsage, noUsage } from './usage.ts'

/** A value and how it came about. */
export interface Extracted<T> {
  readonly value: T
  /** the answer that holds the value; the last one where it was continued */
  readonly completion: ChatCompletion
  /** every answer, those before a repair or a continuation too */
  readonly completions: readonly ChatCompletion[]
  /** of all answers together; zero where the server tells none */
  readonly usage: Usage
  /** how many answers it took */
  readonly attempts: number
}

/** The end of an extraction, with what its value was read from. */
export interface Outcome<T> {
  readonly extracted: Extracted<T>
  readonly reading: GoodReading<T>
}

/**
 * With a view it streams and yields what the view shows; without one it asks for plain completions.
 * @throws ExtractionError where the answer holds no value, and whatever the model throws: with what there was by then
 */
export async function* extracting<T, P>(
  model: Model,
  task: Task<T>,
  view?: View<P> | undefined,
): AsyncGenerator<Batch<P>, Outcome<T>, undefined> {
  const completions: ChatCompletion[] = []
  let usage = noUsage
  const { finishReasonOptional } = profileOf(model)
  let turn = firstTurn(task, firstMode(model))
  for (;;) {
    let completion: ChatCompletion
    try {
      const request = turnRequest(task, turn)
      if (view === undefined) {
        completion = await model.complete(request, task.call)
      } else {
        // a continuation may begin anew, so it is shown only once it is known to fit
        const shows = turn.soFar === ''
        if (shows) view.begin()
        const show = shows ? view.push : () => []
        const reading = { fromCall: turn.mode === 'tool', lenient: finishReasonOptional }
        completion = yield* streamedAnswer(model.stream(request, task.call), show, reading)
      }
    } catch (error) {
      const fallback = turn.mayFallBack ? fallbackFrom(turn.mode, error) : undefined
      if (fallback === undefined) throw interrupted(error, task, turn, usage)
      if (fallback.lasting) remember(model, fallback.mode)
      turn = { ...turn, mode: fallback.mode, mayFallBack: false }
      continue
    }
    completions.push(completion)
    usage = addUsage(usage, completion.usage)

    let verdict = judge(task, turn, completion)
    if (verdict.type === 'value') {
      const { reading } = verdict
      const settled = view?.settle(reading) ?? { ok: true, rest: [] }
      if (settled.ok) {
        try {
          yield settled.rest.values()
        } catch (error) {
          throw isPawlError(error) ? withFacts(error, { partial: partialValue(task, turn, completion), usage }) : error
        }
        const attempts = completions.length
        return { extracted: { value: reading.value, completion, completions, usage, attempts }, reading }
      }
      verdict = repair(task, turn, completion, reading.text, settled.issues)
    }
    if (verdict.type !== 'next') throw failureError(verdict, { wire: task.wire, completions, usage })
    if (verdict.turn.mode !== turn.mode) remember(model, verdict.turn.mode)
    turn = verdict.turn
  }
}
