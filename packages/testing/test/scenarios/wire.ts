/** What the scenarios send: chunks written by hand, and streams of them. */

import type { Delta } from '@pawl/client'
import { type Reply, sse } from '../../src/index.ts'

export const body = { model: 'gpt-4.1', messages: [{ role: 'user' as const, content: 'Do I need a coat?' }] }

export function chunk(
  delta: Delta | Record<string, unknown> | undefined,
  finish: string | null = null,
  more: object = {},
) {
  const choice = { index: 0, ...(delta && { delta }), finish_reason: finish }
  return { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'gpt-4.1', choices: [choice], ...more }
}

/** `Take a coat.` in three events. */
export const take = chunk({ role: 'assistant', content: 'Take' })
export const a = chunk({ content: ' a' })
export const coat = chunk({ content: ' coat.' })
export const stop = chunk({}, 'stop')
export const words = [take, a, coat]
export const whole = [...words, stop]

export const usage = { prompt_tokens: 5, completion_tokens: 4, total_tokens: 9 }
export const told = chunk(undefined, null, { choices: [], usage })

/** A stream of these values; a text goes out as the data of an event. */
export function streamed(
  values: readonly unknown[],
  { done = true, ...reply }: Reply & { done?: boolean } = {},
): Reply {
  return raw(sse(values, { done }), reply)
}

/** A stream of exactly these bytes. */
export function raw(text: NonNullable<Reply['body']>, reply: Reply = {}): Reply {
  return {
    body: text,
    framing: 'chunked',
    ...reply,
    headers: { 'content-type': 'text/event-stream', ...reply.headers },
  }
}

export function completion(text = 'Take a coat.') {
  const message = { role: 'assistant', content: text, refusal: null }
  const choices = [{ index: 0, message, finish_reason: 'stop', logprobs: null }]
  return { id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: 'gpt-4.1', choices, usage }
}

/** Calls of the function `add`, by id, in one delta or over several. */
export function call(fields: Record<string, unknown>, finish: string | null = null) {
  return chunk({ tool_calls: [fields] }, finish)
}
