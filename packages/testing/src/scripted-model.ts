/** A model that follows a script: what tests drive tools, structured output and agents with. */

import {
  AbortError,
  type CallOptions,
  type ChatCompletion,
  type ChatCompletionChunk,
  createAccumulator,
  type Model,
  type ModelRequest,
} from '@pawl/client'
import { toChunks } from './script/chunks.ts'
import { toCompletion } from './script/completion.ts'
import { ScriptError } from './script/script-error.ts'
import type { Answer, Turn, WholeAnswer } from './script/turn.ts'

/** A turn made from what is asked; `number` counts the requests from 1. */
export type Reaction = (request: ModelRequest, number: number) => Turn | Promise<Turn>

/** A list is followed turn by turn; one function answers every request. */
export type Script = readonly (Turn | Reaction)[] | Reaction

/** One request as it came in. */
export interface Asked {
  readonly request: ModelRequest
  readonly options: CallOptions
  readonly streamed: boolean
}

/** A model that remembers what it was asked. */
export interface ScriptedModel extends Model {
  /** What was asked, in order; the list of messages is the one of that moment. */
  readonly requests: readonly ModelRequest[]
  /** The same with the options of each call, and whether a stream was asked for. */
  readonly asked: readonly Asked[]
}

/**
 * A `Model` that answers by script: `scriptedModel([callsTool('weather', { city: 'Oslo' }), says('Take a coat.')])`.
 * Ids and times are the same in every run. Of the options of a call it obeys `signal` alone. A stream is asked for at
 * its first read.
 * @throws ScriptError from `complete` and `stream` once the turns are used up
 */
export function scriptedModel(script: Script, { id = 'scripted' }: { id?: string | undefined } = {}): ScriptedModel {
  const asked: Asked[] = []
  let calls = 0

  async function next(request: ModelRequest, options: CallOptions, streamed: boolean) {
    throwIfAborted(options.signal)
    const number = asked.push({ request: { ...request, messages: [...request.messages] }, options, streamed })
    const step = typeof script === 'function' ? script : script[number - 1]
    if (step === undefined) throw new ScriptError(number - 1)
    const turn = typeof step === 'function' ? await step(request, number) : step
    throwIfAborted(options.signal)
    const nextCallId = () => `call_${++calls}`
    const whole = (answer: Answer | WholeAnswer): ChatCompletion =>
      answer.type === 'completion'
        ? answer.completion
        : toCompletion(answer, { model: id, number, messages: request.messages.length, nextCallId })
    return { turn, whole }
  }

  return {
    id,
    asked,
    get requests() {
      return asked.map(({ request }) => request)
    },
    async complete(request, options = {}) {
      const { turn, whole } = await next(request, options, false)
      if (turn.type === 'failure') throw turn.error
      if (turn.type === 'stall') return await aborted(options.signal)
      return whole(turn)
    },
    async *stream(request, options = {}) {
      const { turn, whole } = await next(request, options, true)
      const faulty = turn.type === 'failure' || turn.type === 'stall'
      const answer = faulty ? turn.after?.turn : turn
      const given: ChatCompletionChunk[] = []
      let left = faulty ? (turn.after?.chunks ?? 0) : Number.POSITIVE_INFINITY
      for (const chunk of answer ? toChunks(whole(answer), answer.chunks) : []) {
        if (left-- <= 0) break
        given.push(chunk)
        yield chunk
        throwIfAborted(options.signal, given)
      }
      if (turn.type === 'failure') throw turn.error
      if (turn.type === 'stall') await aborted(options.signal, given)
    },
  }
}

function throwIfAborted(signal: AbortSignal | undefined, given: readonly ChatCompletionChunk[] = []): void {
  if (signal?.aborted) throw abortError(signal, given)
}

/** Pending until the signal fires. */
function aborted(signal: AbortSignal | undefined, given: readonly ChatCompletionChunk[] = []): Promise<never> {
  return new Promise((_, reject) => {
    if (signal?.aborted) reject(abortError(signal, given))
    else signal?.addEventListener('abort', () => reject(abortError(signal, given)), { once: true })
  })
}

function abortError({ reason }: AbortSignal, given: readonly ChatCompletionChunk[]): AbortError {
  const accumulator = createAccumulator()
  for (const chunk of given) accumulator.add(chunk)
  const partial = accumulator.partial()
  return new AbortError('The call to the scripted model was aborted.', { cause: reason, partial })
}
