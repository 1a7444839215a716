/** One question to the model and what follows from its answer. Pure. */

import type { AssistantMessage, CallOptions, ChatCompletion, Message, ModelRequest } from '@pawl/client'
import type { Issue, WireSchema } from '@pawl/schema'
import { type Answer, choiceOf, readAnswer } from '../read/answer.ts'
import { type GoodReading, type Reading, readText } from '../read/read-text.ts'
import { partialOf } from '../read/view-partials.ts'
import type { Mode } from './mode.ts'
import { continueMessage, repairExchange } from './repair.ts'
import { continueRequest, type Form, type Settings, valueRequest } from './request.ts'

/** What is wanted, once for all turns. */
export interface Task<T> {
  readonly wire: WireSchema<T, any>
  readonly form: Form
  readonly messages: readonly Message[]
  readonly settings: Settings
  readonly call: CallOptions
  readonly mode: Mode | 'auto'
  readonly repairs: number
  readonly continuations: number
}

export interface Turn {
  readonly mode: Mode
  readonly messages: readonly Message[]
  /** the text that the answer goes on from; empty but after a cut */
  readonly soFar: string
  /** how far the value came in the answers before, which could not be used */
  readonly before: unknown
  readonly repairs: number
  readonly continuations: number
  /** in `auto`, until it has been done once */
  readonly mayFallBack: boolean
  /** the answer before was empty, and that was said */
  readonly wasEmpty: boolean
}

export function firstTurn<T>({ messages, mode, repairs, continuations }: Task<T>, first: Mode): Turn {
  const auto = mode === 'auto'
  return {
    mode: auto ? first : mode,
    messages,
    soFar: '',
    before: undefined,
    repairs,
    continuations,
    mayFallBack: auto,
    wasEmpty: false,
  }
}

export function turnRequest<T>({ form, settings }: Task<T>, { mode, messages, soFar }: Turn): ModelRequest {
  if (soFar === '') return valueRequest(mode, form, messages, settings)
  const cut: AssistantMessage = { role: 'assistant', content: soFar }
  return continueRequest(form, [...messages, cut, continueMessage], settings)
}

export type Verdict<T> = { readonly type: 'value'; readonly reading: GoodReading<T> } | Next | Failure

/** Ask again. */
export interface Next {
  readonly type: 'next'
  readonly turn: Turn
}

/** Why there will be no value; `text` is what the model wrote. */
export type Failure = { readonly text: string } & (
  | { readonly type: 'refused'; readonly refusal: string }
  | { readonly type: 'filtered' }
  | { readonly type: 'cut' }
  | { readonly type: 'broken'; readonly issues: readonly Issue[] }
)

export function judge<T>(task: Task<T>, turn: Turn, completion: ChatCompletion): Verdict<T> {
  const goesOn = turn.soFar !== ''
  const answer = answerOf(task, turn, completion)
  const text = turn.soFar + answer.text
  switch (answer.type) {
    case 'refused':
      return { type: 'refused', text, refusal: answer.refusal }
    case 'filtered':
      return { type: 'filtered', text }
    case 'cut':
      return judgeCut(task, turn, text)
    case 'uncalled':
      return judgeUncalled(task, turn, completion, text)
    case 'empty':
      if (goesOn) return { type: 'cut', text }
      return repair(task, turn, completion, text, [{ path: [], message: 'the answer is empty' }])
    case 'text': {
      const reading = goesOn ? readContinued(task, turn.soFar, answer.text) : readText(task.wire, text)
      if (reading === undefined) return { type: 'cut', text }
      return reading.ok ? { type: 'value', reading } : repair(task, turn, completion, text, reading.issues)
    }
  }
}

/** The answer itself; what it goes on from is not in it. */
function answerOf<T>({ form }: Task<T>, { mode, soFar }: Turn, completion: ChatCompletion): Answer {
  return readAnswer(completion, mode === 'tool' && soFar === '' ? form.name : undefined)
}

/** How far the value has come in an answer that was not completed, or in the one before while none has begun. */
export function partialValue<T>(task: Task<T>, turn: Turn, completion: ChatCompletion | undefined): unknown {
  const text = completion === undefined ? '' : answerOf(task, turn, completion).text
  return partialOf(task.wire, turn.soFar + text) ?? turn.before
}

/** Sends the answer back with what is wrong, while repairs are left. An answer that stays empty is not asked for again. */
export function repair<T>(
  task: Task<T>,
  turn: Turn,
  completion: ChatCompletion,
  text: string,
  issues: readonly Issue[],
): Next | Failure {
  const isEmpty = text.trim() === ''
  if (turn.repairs === 0 || (isEmpty && turn.wasEmpty)) return { type: 'broken', text, issues }
  const exchange = repairExchange(choiceOf(completion)?.message, text, issues, task.form)
  return {
    type: 'next',
    turn: {
      ...turn,
      messages: [...task.messages, ...exchange],
      soFar: '',
      before: partialOf(task.wire, text) ?? turn.before,
      repairs: turn.repairs - 1,
      wasEmpty: isEmpty,
    },
  }
}

/** Content that is complete and valid lost nothing to the limit; arguments may have been closed by the server. */
function judgeCut<T>(task: Task<T>, turn: Turn, text: string): Verdict<T> {
  if (turn.mode !== 'tool' || turn.soFar !== '') {
    const reading = readText(task.wire, text, { mend: false })
    if (reading.ok) return { type: 'value', reading }
  }
  if (turn.continuations === 0 || text.trim() === '') return { type: 'cut', text }
  return { type: 'next', turn: { ...turn, soFar: text, continuations: turn.continuations - 1 } }
}

/** Some models write the arguments as text, which is as good; otherwise `auto` turns to another mode. */
function judgeUncalled<T>(task: Task<T>, turn: Turn, completion: ChatCompletion, text: string): Verdict<T> {
  const reading = readText(task.wire, text)
  if (reading.ok) return { type: 'value', reading }
  if (turn.mayFallBack) {
    const before = partialOf(task.wire, text)
    return { type: 'next', turn: { ...turn, before, mode: 'json_object', mayFallBack: false } }
  }
  const message = `no call of the function ${task.form.name} was made: the server may ignore tool_choice`
  return repair(task, turn, completion, text, [{ path: [], message }])
}

/** The rest may begin anew although it should not. @returns undefined where there is still no JSON */
function readContinued<T>({ wire }: Task<T>, soFar: string, rest: string): Reading<T> | undefined {
  const joined = readText(wire, soFar + rest)
  if (joined.ok) return joined
  const anew = readText(wire, rest)
  if (anew.ok) return anew
  return joined.isJson ? joined : undefined
}
