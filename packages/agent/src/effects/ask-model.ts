/** One answer of one model: plain, or streamed where somebody watches. Both meet here as a completion. */

import {
  type Attempt,
  type ChatCompletion,
  foldEvents,
  isPawlError,
  type Model,
  type ModelRequest,
  PawlError,
  profileOf,
  type Usage,
} from '@pawl/client'
import type { EffectContext } from '../journal/journal.ts'
import { addUsage, noUsage } from '../usage.ts'

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
  const fold = foldEvents()
  try {
    for await (const chunk of model.stream(request, options(context, count))) {
      for (const event of fold.add(chunk)) {
        if (event.type === 'content.delta' || event.type === 'refusal.delta')
          context.live({ type: 'text.delta', delta: event.delta })
        else if (event.type === 'reasoning.delta') context.live({ type: 'reasoning.delta', delta: event.delta })
        else if (event.type === 'tool_calls.function.arguments.delta') {
          context.live({
            type: 'tool.arguments.delta',
            index: event.index,
            name: event.name,
            delta: event.arguments_delta,
          })
        } else if (event.type === 'tool_calls.custom.input.delta') {
          context.live({ type: 'tool.arguments.delta', index: event.index, name: event.name, delta: event.input_delta })
        }
      }
    }
  } catch (error) {
    if (isPawlError(error) && fold.accumulator.snapshot.choices.length > 0)
      Object.defineProperty(error, 'partial', { value: fold.accumulator.snapshot, enumerable: true })
    throw error
  }
  return fold.accumulator.completion(true, profileOf(model).finishReasonOptional)
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
