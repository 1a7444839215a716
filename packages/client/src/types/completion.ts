/** A completion as the server gives it. Servers send more fields and other finish reasons; all are kept. */

import type { AssistantMessage } from './message.ts'
import type { Usage } from './usage.ts'

/** OpenAI's five, and whatever another server says. */
export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'function_call' | (string & {})

/** `bytes` are to be joined before they are decoded where a character spans tokens; -9999 means outside the top 20. */
export interface TokenLogprob {
  token: string
  logprob: number
  bytes: number[] | null
  top_logprobs: { token: string; logprob: number; bytes: number[] | null }[]
}

/** How likely each token of the answer was. */
export interface Logprobs {
  content?: TokenLogprob[] | null | undefined
  refusal?: TokenLogprob[] | null | undefined
}

/** A place on the web that a part of the text rests on; indices are characters of the content. */
export interface UrlCitation {
  type: 'url_citation'
  url_citation: { start_index: number; end_index: number; url: string; title: string }
}

/** `data` is base64, `expires_at` Unix seconds. */
export interface CompletionAudio {
  id: string
  expires_at: number
  data: string
  transcript: string
}

/** A model's message as it comes; it may be sent back as it is. https://platform.openai.com/docs/api-reference/chat/object */
export type CompletionMessage = Omit<AssistantMessage, 'content' | 'audio'> & {
  content?: string | null | undefined
  annotations?: UrlCitation[] | null | undefined
  audio?: CompletionAudio | null | undefined
}

/** One of the `n` answers. */
export interface Choice {
  index: number
  message: CompletionMessage
  finish_reason: FinishReason
  logprobs?: Logprobs | null | undefined
}

/** `created` is Unix seconds; `model` may name a dated snapshot of the one asked for. */
export interface ChatCompletion {
  id: string
  object: 'chat.completion'
  created: number
  model: string
  choices: Choice[]
  usage?: Usage | undefined
  service_tier?: string | null | undefined
  system_fingerprint?: string | null | undefined
  metadata?: Record<string, string> | null | undefined
  moderation?: unknown
}
