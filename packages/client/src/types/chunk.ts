/** A piece of a streamed completion, as the server sends it. Every field may be missing: servers differ. */

import type { CompletionAudio, FinishReason, Logprobs, UrlCitation } from './completion.ts'
import type { Usage } from './usage.ts'

/** Belongs to the call of its `id`, else of its `index`, else to the latest one. */
export interface ToolCallDelta {
  index?: number | undefined
  id?: string | null | undefined
  type?: 'function' | 'custom' | undefined
  function?: { name?: string | null | undefined; arguments?: string | null | undefined } | undefined
  custom?: { name?: string | null | undefined; input?: string | null | undefined } | undefined
}

/** What a chunk adds to the message of a choice. */
export interface Delta {
  role?: string | null | undefined
  content?: string | null | undefined
  refusal?: string | null | undefined
  tool_calls?: ToolCallDelta[] | null | undefined
  /** @deprecated */
  function_call?: { name?: string | undefined; arguments?: string | undefined } | null | undefined
  audio?: Partial<CompletionAudio> | null | undefined
  annotations?: UrlCitation[] | null | undefined
  reasoning_content?: string | null | undefined
  reasoning?: string | null | undefined
  reasoning_details?: readonly unknown[] | null | undefined
}

/** What a chunk adds to one of the `n` answers. */
export interface ChunkChoice {
  index: number
  delta: Delta
  finish_reason: FinishReason | null
  logprobs?: Logprobs | null | undefined
}

export interface ChatCompletionChunk {
  id: string
  object: 'chat.completion.chunk'
  created: number
  model: string
  choices: ChunkChoice[]
  usage?: Usage | null | undefined
  service_tier?: string | null | undefined
  system_fingerprint?: string | null | undefined
  moderation?: unknown
}
