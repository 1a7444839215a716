/** Messages and their parts, as they stand on the wire. https://platform.openai.com/docs/api-reference/chat/create */

import type { ToolCall } from './tool-call.ts'

/** Marks the end of a prefix that the server should cache. */
export interface CacheBreakpoint {
  mode: 'explicit'
}

/** Text, as a part of a message. */
export interface TextPart {
  type: 'text'
  text: string
  prompt_cache_breakpoint?: CacheBreakpoint | undefined
}

/** `url` is an http(s) address or a data URL. */
export interface ImagePart {
  type: 'image_url'
  image_url: { url: string; detail?: 'auto' | 'low' | 'high' | undefined }
  prompt_cache_breakpoint?: CacheBreakpoint | undefined
}

/** `data` is base64. */
export interface AudioPart {
  type: 'input_audio'
  input_audio: { data: string; format: 'wav' | 'mp3' }
  prompt_cache_breakpoint?: CacheBreakpoint | undefined
}

/** Either an uploaded file's id, or base64 data (a data URL) with a name. */
export interface FilePart {
  type: 'file'
  file: { file_id?: string | undefined; file_data?: string | undefined; filename?: string | undefined }
  prompt_cache_breakpoint?: CacheBreakpoint | undefined
}

/** That the model refused, as a part of a message. */
export interface RefusalPart {
  type: 'refusal'
  refusal: string
}

/** What a user message may hold. */
export type ContentPart = TextPart | ImagePart | AudioPart | FilePart

export type SystemMessage = {
  role: 'system' | 'developer'
  content: string | readonly TextPart[]
  name?: string | undefined
}

export type UserMessage = {
  role: 'user'
  content: string | readonly ContentPart[]
  name?: string | undefined
}

/**
 * What the model said. `content` may be left out when there are tool calls.
 * `reasoning_content`, `reasoning` and `reasoning_details` are what servers beside OpenAI send of the model's
 * thinking; some want them back with a tool turn.
 */
export type AssistantMessage = {
  role: 'assistant'
  content?: string | readonly (TextPart | RefusalPart)[] | null | undefined
  refusal?: string | null | undefined
  name?: string | undefined
  audio?: { id: string } | null | undefined
  tool_calls?: readonly ToolCall[] | undefined
  /** @deprecated use `tool_calls` */
  function_call?: { name: string; arguments: string } | null | undefined
  reasoning_content?: string | null | undefined
  reasoning?: string | null | undefined
  reasoning_details?: readonly unknown[] | null | undefined
}

/** The answer to one tool call. */
export type ToolMessage = {
  role: 'tool'
  tool_call_id: string
  content: string | readonly TextPart[]
}

/** @deprecated use a tool message */
export type FunctionMessage = {
  role: 'function'
  name: string
  content: string | null
}

export type Message = SystemMessage | UserMessage | AssistantMessage | ToolMessage | FunctionMessage
