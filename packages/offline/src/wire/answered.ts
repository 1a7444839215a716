// What goes back: the shapes of the protocol, as narrow as the rules fill them.
import type { ChatCompletion, FunctionToolCall, Usage } from '@pawl/client'

/** The assistant message of an answer. */
export interface AnsweredMessage {
  role: 'assistant'
  content: string | null
  refusal: string | null
  tool_calls?: FunctionToolCall[]
}

/** A chat completion as the server sends it; its usage is an estimate (see `countUsage`). */
export interface OfflineCompletion extends ChatCompletion {
  choices: {
    index: number
    message: AnsweredMessage
    finish_reason: 'stop' | 'length' | 'tool_calls'
    logprobs: null
  }[]
  usage: Usage
}
