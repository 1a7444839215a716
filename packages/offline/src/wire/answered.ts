// The shape of what goes back.

/** A tool call on the wire; `arguments` is JSON text. */
export interface AnsweredCall {
  id: string
  type: 'function'
  function: { name: string; arguments: string }
}

/** The assistant message of an answer. */
export interface AnsweredMessage {
  role: 'assistant'
  content: string | null
  refusal: string | null
  tool_calls?: AnsweredCall[]
}

/** A chat completion as the server sends it. */
export interface OfflineCompletion {
  id: string
  object: 'chat.completion'
  created: number
  model: string
  choices: {
    index: number
    message: AnsweredMessage
    finish_reason: 'stop' | 'length' | 'tool_calls'
    logprobs: null
  }[]
  usage: Usage
}

/** Counts of one answer, in estimated tokens. */
export interface Usage {
  prompt_tokens: number
  completion_tokens: number
  total_tokens: number
}
