/** One answer of one model: plain, or streamed where somebody watches. Both meet here as a completion. */

import {
  type Attempt,
  type ChatCompletion,
  gather,
  isPawlError,
  type Model,
  type ModelRequest,
  PawlError,
  profileOf,
  type Usage,
} from '@pawl/client'
import type { EffectContext } from '../journal/journal.ts'
import { addUsage, noUsage } from '../limits/usage.ts'

export interface Asked {
  readonly completion: ChatCompletion
  /** of all attempts */
  readonly usage: Usage
  readonly model: Model
}

/** How often an answer that was cut after something was shown is asked for again. */
const cutRetries = 2

/** The first model that answers; the next one is asked when a model cannot be reached. @throws the last model's error */
export async function askModels(
  models: readonly Model[],
  request: ModelRequest,
  streaming: boolean,
  context: EffectContext,
): Promise<Asked> {
  let failure: unknown
  for (const model of models) {
    try {
      return await ask(model, request, streaming, context)
    } catch (error) {
      failure = error
      if (context.signal.aborted || !isPawlError(error) || !error.retryable) throw error
    }
  }
  throw failure ?? new PawlError('The agent has no model.')
}

async function ask(model: Model, request: ModelRequest, streaming: boolean, context: EffectContext): Promise<Asked> {
  let usage = noUsage
  const count = (more: Usage | undefined) => {
    usage = addUsage(usage, more)
  }
  for (let cut = 0; ; cut += 1) {
    try {
      const completion = streaming
        ? await stream(model, request, context, count)
        : await model.complete(request, options(context, count))
      count(completion.usage ?? undefined)
      return { completion, usage, model }
    } catch (error) {
      const partial = isPawlError(error) ? (error.partial as ChatCompletion | undefined) : undefined
      count(partial?.usage ?? undefined)
      const shown = partial?.choices?.[0]?.message !== undefined
      if (cut >= cutRetries || context.signal.aborted || !shown || !isPawlError(error) || !error.retryable) throw error
      context.live({ type: 'text.reset', reason: error.code })
    }
  }
}

async function stream(
  model: Model,
  request: ModelRequest,
  context: EffectContext,
  count: (usage: Usage | undefined) => void,
): Promise<ChatCompletion> {
  const answer = gather(model.stream(request, options(context, count)), shownTo(context))
  try {
    do for (const _ of answer.here);
    while (await answer.more())
    return answer.completion(profileOf(model).finishReasonOptional)
  } catch (error) {
    const partial = answer.partial()
    if (isPawlError(error) && partial) Object.defineProperty(error, 'partial', { value: partial, enumerable: true })
    throw error
  }
}

/** Shows each piece of an answer as it comes. A call is shown once its name is known: its arguments wait for that. */
function shownTo({ live }: EffectContext): Parameters<typeof gather>[1] {
  const shown = new Map<object, number>()
  const text = (_: unknown, delta: string) => live({ type: 'text.delta', delta })
  return {
    content: text,
    refusal: text,
    reasoning: (_, delta) => live({ type: 'reasoning.delta', delta }),
    call(_, growing) {
      const { call, index } = growing
      const [name, written] =
        call.type === 'custom' ? [call.custom.name, call.custom.input] : [call.function.name, call.function.arguments]
      const before = shown.get(growing) ?? 0
      if (name === '' || written.length === before) return
      shown.set(growing, written.length)
      live({ type: 'tool.arguments.delta', index, name, delta: written.slice(before) })
    },
  }
}

/** `count` is told what the tries before the last one used. */
function options({ signal, key, live }: EffectContext, count: (usage: Usage | undefined) => void) {
  return {
    signal,
    idempotencyKey: key,
    onRetry({ number, waitMs, error, usage }: Attempt) {
      count(usage)
      live({ type: 'retry.waiting', attempt: number, waitMs, error: { code: error.code, message: error.message } })
    },
  }
}
