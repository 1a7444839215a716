/**
 * The body of a completion request: all 37 parameters under their own names.
 * No index signature, so that a typo does not compile; what is not in the list goes into `extraBody` of the call.
 * https://platform.openai.com/docs/api-reference/chat/create
 */

import type { Message, TextPart } from './message.ts'
import type { ToolChoice, ToolDefinition } from './tool-definition.ts'

/** `schema` is a JSON Schema; with `strict` it must keep to the server's strict subset. `name`: letters, digits, `_`, `-`, at most 64. */
export interface JsonSchemaFormat {
  type: 'json_schema'
  json_schema: {
    name: string
    description?: string | undefined
    schema?: { readonly [key: string]: unknown } | undefined
    strict?: boolean | null | undefined
  }
}

/** The form that the answer must have. */
export type ResponseFormat = { type: 'text' } | { type: 'json_object' } | JsonSchemaFormat

/** How long a model may think. Each model knows some of these. */
export type ReasoningEffort = 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max'

/** The parameters of a request. https://platform.openai.com/docs/api-reference/chat/create */
export interface RequestBase {
  model: string
  messages: readonly Message[]
  audio?:
    | { voice: string | { id: string }; format: 'wav' | 'aac' | 'mp3' | 'flac' | 'opus' | 'pcm16' }
    | null
    | undefined
  /** -2 to 2 */
  frequency_penalty?: number | null | undefined
  /** @deprecated use `tool_choice` */
  function_call?: 'none' | 'auto' | { name: string } | undefined
  /** @deprecated use `tools` */
  functions?:
    | readonly {
        name: string
        description?: string | undefined
        parameters?: { readonly [key: string]: unknown } | undefined
      }[]
    | undefined
  /** token id to a bias of -100 to 100 */
  logit_bias?: { readonly [token: string]: number } | null | undefined
  logprobs?: boolean | null | undefined
  /** visible and reasoning tokens together */
  max_completion_tokens?: number | null | undefined
  /** @deprecated use `max_completion_tokens`; some servers know only this one */
  max_tokens?: number | null | undefined
  /** at most 16 keys of 64 characters, values of 512; needs `store` */
  metadata?: { readonly [key: string]: string } | null | undefined
  modalities?: readonly ('text' | 'audio')[] | null | undefined
  moderation?:
    | {
        model: string
        policy?:
          | {
              input?: { mode: 'score' | 'block' } | null | undefined
              output?: { mode: 'score' | 'block' } | null | undefined
            }
          | null
          | undefined
      }
    | null
    | undefined
  /** 1 to 128 */
  n?: number | null | undefined
  /** only together with `tools` */
  parallel_tool_calls?: boolean | undefined
  prediction?: { type: 'content'; content: string | readonly TextPart[] } | null | undefined
  /** -2 to 2 */
  presence_penalty?: number | null | undefined
  prompt_cache_key?: string | null | undefined
  prompt_cache_options?: { mode?: 'implicit' | 'explicit' | undefined; ttl?: '30m' | undefined } | undefined
  /** @deprecated use `prompt_cache_options` */
  prompt_cache_retention?: 'in_memory' | '24h' | null | undefined
  reasoning_effort?: ReasoningEffort | null | undefined
  response_format?: ResponseFormat | undefined
  safety_identifier?: string | null | undefined
  /** @deprecated best effort */
  seed?: number | null | undefined
  service_tier?: 'auto' | 'default' | 'flex' | 'scale' | 'priority' | 'fast' | null | undefined
  /** up to four */
  stop?: string | readonly string[] | null | undefined
  store?: boolean | null | undefined
  stream_options?: { include_usage?: boolean | undefined; include_obfuscation?: boolean | undefined } | null | undefined
  /** 0 to 2 */
  temperature?: number | null | undefined
  tool_choice?: ToolChoice | undefined
  tools?: readonly ToolDefinition[] | undefined
  /** 0 to 20, with `logprobs` */
  top_logprobs?: number | undefined
  /** 0 to 1 */
  top_p?: number | null | undefined
  /** @deprecated use `safety_identifier` and `prompt_cache_key` */
  user?: string | undefined
  verbosity?: 'low' | 'medium' | 'high' | null | undefined
  web_search_options?:
    | {
        search_context_size?: 'low' | 'medium' | 'high' | undefined
        user_location?:
          | {
              type: 'approximate'
              approximate: {
                country?: string | undefined
                region?: string | undefined
                city?: string | undefined
                timezone?: string | undefined
              }
            }
          | null
          | undefined
      }
    | undefined
}

/** Asks for the whole completion at once. */
export interface RequestPlain extends RequestBase {
  stream?: false | null | undefined
}

/** Asks for chunks. */
export interface RequestStreamed extends RequestBase {
  stream: true
}

/** What a `Model` is asked: a request without the model's name. */
export type ModelRequest = Omit<RequestPlain, 'model' | 'stream'>
