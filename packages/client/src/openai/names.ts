/** The types of chat completions under the names of the official package. */

import type { Message, RequestBase, RequestPlain, RequestStreamed } from '../index.ts'

export type { ChatCompletionChunk } from '../types/chunk.ts'
export type {
  ChatCompletion,
  CompletionMessage as ChatCompletionMessage,
  TokenLogprob as ChatCompletionTokenLogprob,
} from '../types/completion.ts'
export type {
  AssistantMessage as ChatCompletionAssistantMessageParam,
  ContentPart as ChatCompletionContentPart,
  ImagePart as ChatCompletionContentPartImage,
  Message as ChatCompletionMessageParam,
  TextPart as ChatCompletionContentPartText,
  ToolMessage as ChatCompletionToolMessageParam,
  UserMessage as ChatCompletionUserMessageParam,
} from '../types/message.ts'
export type { ReasoningEffort, RequestPlain as ChatCompletionCreateParamsNonStreaming } from '../types/request.ts'
export type {
  CustomToolCall as ChatCompletionMessageCustomToolCall,
  FunctionToolCall as ChatCompletionMessageFunctionToolCall,
  ToolCall as ChatCompletionMessageToolCall,
} from '../types/tool-call.ts'
export type {
  CustomToolDefinition as ChatCompletionCustomTool,
  FunctionToolDefinition as ChatCompletionFunctionTool,
  ToolChoice as ChatCompletionToolChoiceOption,
  ToolDefinition as ChatCompletionTool,
} from '../types/tool-definition.ts'
export type { Usage as CompletionUsage } from '../types/usage.ts'
export type { ParsedCompletion as ParsedChatCompletion, ParsedMessage as ParsedChatCompletionMessage } from './parse.ts'

/** Instructions; the official package has a type for each of the two roles. */
export type ChatCompletionSystemMessageParam = Extract<Message, { role: 'system' | 'developer' }>

/** The same as for `system`. */
export type ChatCompletionDeveloperMessageParam = ChatCompletionSystemMessageParam

/** A body for either kind of answer. */
export type ChatCompletionCreateParams = RequestPlain | RequestStreamed

/** A body that asks for chunks. */
export type ChatCompletionCreateParamsStreaming = RequestStreamed

/** A body before it is known what is asked for. */
export type ChatCompletionCreateParamsBase = RequestBase
