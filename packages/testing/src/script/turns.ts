/** The words in which a script is written: each makes one turn. */

import type { ChatCompletion, FinishReason } from '@pawl/client'
import type { Answer, AnswerOptions, Beginning, Cuts, ScriptedCall, Turn, WholeAnswer } from './turn.ts'

/** What an answer with one call may say besides it. */
export interface ScriptedCallOptions extends AnswerOptions {
  readonly id?: string | undefined
  /** said beside the call */
  readonly text?: string | undefined
}

/** Answers with text. */
export function says(text: string, options: AnswerOptions = {}): Answer {
  return { type: 'answer', text, ...options }
}

/** Asks for one function. A string as `args` goes out as it is, so that it may be invalid JSON. */
export function callsTool(name: string, args: unknown = {}, { id, ...options }: ScriptedCallOptions = {}): Answer {
  return { type: 'answer', calls: [functionCall(name, args, id)], ...options }
}

/** Asks for several functions in one answer: `callsTools(['weather', { city: 'Oslo' }], ['time', {}, 'call_b'])`. */
export function callsTools(...calls: readonly (readonly [name: string, args?: unknown, id?: string])[]): Answer {
  return { type: 'answer', calls: calls.map(([name, args = {}, id]) => functionCall(name, args, id)) }
}

/** Asks for a custom tool, whose input is free text. */
export function callsTextTool(name: string, input: string, { id, ...options }: ScriptedCallOptions = {}): Answer {
  return { type: 'answer', calls: [{ type: 'custom', name, input, id }], ...options }
}

/** Answers with a refusal in place of content. */
export function refuses(refusal: string, options: AnswerOptions = {}): Answer {
  return { type: 'answer', refusal, ...options }
}

/** Gives this completion word for word. */
export function answers(completion: ChatCompletion, options: { chunks?: Cuts | undefined } = {}): WholeAnswer {
  return { type: 'completion', completion, ...options }
}

/** Rejects with `error`; a stream may first hand out the beginning of an answer. */
export function fails(error: unknown, options: { after?: Beginning | undefined } = {}): Turn {
  return { type: 'failure', error, ...options }
}

/** Never answers and ends only by the caller's signal; a stream may first hand out the beginning of an answer. */
export function stalls(options: { after?: Beginning | undefined } = {}): Turn {
  return { type: 'stall', ...options }
}

/**
 * The same answer, ended before its time: `keep` characters of its last call, else of its text, else of its refusal.
 * @param options.finish `length` when left out
 * @param options.keep half of them when left out; `Infinity` leaves the answer whole
 */
export function cutOff(
  turn: Answer,
  { finish = 'length', keep }: { finish?: FinishReason | undefined; keep?: number | undefined } = {},
): Answer {
  const cut = (text: string) => text.slice(0, keep ?? Math.ceil(text.length / 2))
  const last = turn.calls?.at(-1)
  if (last) {
    return { ...turn, finish, calls: [...(turn.calls?.slice(0, -1) ?? []), { ...last, input: cut(last.input) }] }
  }
  if (turn.text !== undefined) return { ...turn, finish, text: cut(turn.text) }
  return { ...turn, finish, refusal: cut(turn.refusal ?? '') }
}

function functionCall(name: string, args: unknown, id: string | undefined): ScriptedCall {
  return { type: 'function', name, input: typeof args === 'string' ? args : JSON.stringify(args), id }
}
