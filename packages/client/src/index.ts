export { AbortError } from './errors/abort-error.ts'
export { type Attempt, isPawlError, PawlError, type PawlErrorOptions } from './errors/pawl-error.ts'
export type { CallOptions, Model } from './model.ts'
export type { ChatCompletionChunk, ChunkChoice, Delta, ToolCallDelta } from './types/chunk.ts'
export type {
  ChatCompletion,
  Choice,
  CompletionAudio,
  CompletionMessage,
  FinishReason,
  Logprobs,
  TokenLogprob,
  UrlCitation,
} from './types/completion.ts'
export type { Json } from './types/json.ts'
export type {
  AssistantMessage,
  AudioPart,
  CacheBreakpoint,
  ContentPart,
  FilePart,
  FunctionMessage,
  ImagePart,
  Message,
  RefusalPart,
  SystemMessage,
  TextPart,
  ToolMessage,
  UserMessage,
} from './types/message.ts'
export type {
  JsonSchemaFormat,
  ModelRequest,
  ReasoningEffort,
  RequestBase,
  RequestPlain,
  RequestStreamed,
  ResponseFormat,
} from './types/request.ts'
export type { CustomToolCall, FunctionToolCall, ToolCall } from './types/tool-call.ts'
export type {
  AllowedToolsChoice,
  CustomToolDefinition,
  CustomToolFormat,
  FunctionToolDefinition,
  NamedToolChoice,
  ToolChoice,
  ToolDefinition,
} from './types/tool-definition.ts'
export type { Usage } from './types/usage.ts'
