/** What a scripted model does when it is asked: data, so that a turn can be spread, kept and shared between models. */

import type { ChatCompletion, FinishReason, Usage } from '@pawl/client'

/** A call that the model asks for. An `id` left out becomes `call_1`, `call_2`, … in the order the model hands them out. */
export interface ScriptedCall {
  readonly type: 'function' | 'custom'
  readonly name: string
  /** arguments as JSON text, or the input of a custom tool */
  readonly input: string
  readonly id?: string | undefined
}

/** Where a stream is cut: characters in each delta, or the offsets at which a new delta begins. */
export type Cuts = number | readonly number[]

/** What any answer may say besides its text or calls. */
export interface AnswerOptions {
  /** Left out: 10 tokens for each message asked and one for each four characters answered. `null`: the server tells none. */
  readonly usage?: Usage | null | undefined
  /** given as `reasoning_content` */
  readonly reasoning?: string | undefined
  /** left out: about a word in each delta */
  readonly chunks?: Cuts | undefined
  /** left out: `tool_calls` when there are calls, else `stop` */
  readonly finish?: FinishReason | undefined
}

/** What the model says: text, a refusal, calls, or text and calls. */
export interface Answer extends AnswerOptions {
  readonly type: 'answer'
  readonly text?: string | undefined
  readonly refusal?: string | undefined
  readonly calls?: readonly ScriptedCall[] | undefined
}

/** A completion given word for word. */
export interface WholeAnswer {
  readonly type: 'completion'
  readonly completion: ChatCompletion
  readonly chunks?: Cuts | undefined
}

/** An answer whose stream ends early: the first `chunks` chunks of `turn` come, then the fault. */
export interface Beginning {
  readonly turn: Answer | WholeAnswer
  readonly chunks: number
}

/** An answer, a fault, or silence. */
export type Turn =
  | Answer
  | WholeAnswer
  | { readonly type: 'failure'; readonly error: unknown; readonly after?: Beginning | undefined }
  | { readonly type: 'stall'; readonly after?: Beginning | undefined }
