/** The events of a completion stream: what each chunk adds, beside what stands so far. */

import type { PawlError } from '../errors/pawl-error.ts'
import type { ChatCompletionChunk } from '../types/chunk.ts'
import type { ChatCompletion, TokenLogprob } from '../types/completion.ts'
import type { Usage } from '../types/usage.ts'

/** `snapshot` is what has come so far; in `chunk` it is one live object that grows. `index` counts the calls of a message. */
export interface StreamEvents {
  chunk: { type: 'chunk'; chunk: ChatCompletionChunk; snapshot: ChatCompletion }
  'content.delta': { type: 'content.delta'; delta: string; snapshot: string; parsed?: unknown }
  'content.done': { type: 'content.done'; content: string; parsed?: unknown }
  'refusal.delta': { type: 'refusal.delta'; delta: string; snapshot: string }
  'refusal.done': { type: 'refusal.done'; refusal: string }
  'reasoning.delta': { type: 'reasoning.delta'; delta: string; snapshot: string }
  'tool_calls.function.arguments.delta': {
    type: 'tool_calls.function.arguments.delta'
    index: number
    name: string
    arguments_delta: string
    arguments: string
  }
  'tool_calls.function.arguments.done': {
    type: 'tool_calls.function.arguments.done'
    index: number
    name: string
    arguments: string
  }
  'tool_calls.custom.input.delta': {
    type: 'tool_calls.custom.input.delta'
    index: number
    name: string
    input_delta: string
    input: string
  }
  'tool_calls.custom.input.done': { type: 'tool_calls.custom.input.done'; index: number; name: string; input: string }
  'logprobs.content.delta': {
    type: 'logprobs.content.delta'
    content: readonly TokenLogprob[]
    snapshot: readonly TokenLogprob[]
  }
  'logprobs.content.done': { type: 'logprobs.content.done'; content: readonly TokenLogprob[] }
  'logprobs.refusal.delta': {
    type: 'logprobs.refusal.delta'
    refusal: readonly TokenLogprob[]
    snapshot: readonly TokenLogprob[]
  }
  'logprobs.refusal.done': { type: 'logprobs.refusal.done'; refusal: readonly TokenLogprob[] }
  usage: { type: 'usage'; usage: Usage }
  /** What was shown since the last step is void: the answer is asked for again. */
  reset: { type: 'reset'; reason: PawlError }
}

/** Any event of a stream, told apart by `type`. */
export type StreamEvent = StreamEvents[keyof StreamEvents]
