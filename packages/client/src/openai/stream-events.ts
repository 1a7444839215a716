/** What a stream of the official package tells its listeners. */

import type { ChatCompletion, ChatCompletionChunk, TokenLogprob, Usage } from '../index.ts'
import type { BaseEvents } from './event-stream.ts'
import type { ParsedCompletion, ParsedFunctionToolCall, ParsedMessage } from './parse.ts'

type Tokens = readonly TokenLogprob[]

/** The arguments of each listener. `parsed` values of deltas are read from the text when they are asked for. */
export interface ChatCompletionStreamEvents<T> extends BaseEvents {
  chunk: [chunk: ChatCompletionChunk, snapshot: ChatCompletion]
  content: [delta: string, snapshot: string]
  'content.delta': [event: { delta: string; snapshot: string; readonly parsed: unknown }]
  'content.done': [event: { content: string; parsed: T | null }]
  'refusal.delta': [event: { delta: string; snapshot: string }]
  'refusal.done': [event: { refusal: string }]
  'tool_calls.function.arguments.delta': [
    event: {
      name: string
      index: number
      arguments: string
      arguments_delta: string
      readonly parsed_arguments: unknown
    },
  ]
  'tool_calls.function.arguments.done': [
    event: { name: string; index: number; arguments: string; parsed_arguments: unknown },
  ]
  'logprobs.content.delta': [event: { content: Tokens; snapshot: Tokens }]
  'logprobs.content.done': [event: { content: Tokens }]
  'logprobs.refusal.delta': [event: { refusal: Tokens; snapshot: Tokens }]
  'logprobs.refusal.done': [event: { refusal: Tokens }]
  chatCompletion: [completion: ParsedCompletion<T>]
  message: [message: ParsedMessage<T>]
  functionToolCall: [call: ParsedFunctionToolCall['function']]
  finalChatCompletion: [completion: ParsedCompletion<T>]
  finalMessage: [message: ParsedMessage<T>]
  finalContent: [content: string]
  finalFunctionToolCall: [call: ParsedFunctionToolCall['function']]
  totalUsage: [usage: Usage]
}
