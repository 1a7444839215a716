// Asking a server

// For those who stand between: wrappers of models, loops, stand-ins
export { type AbortListener, abortController, listen, unlisten } from './abort-listeners.ts'
export { type Accumulator, accumulate, createAccumulator } from './accumulate.ts'
export { accumulatorOf, type Gathering, gather } from './chunk-source.ts'
export { type Client, chat, createClient, type ModelInfo } from './client.ts'
export {
  type CompletionStream,
  type CompletionStreamOptions,
  completionStream,
  completionStreamFrom,
} from './completion-stream.ts'
export { type Completions, type ListQuery, parserSymbol } from './completions.ts'
// Errors
export { AbortError } from './errors/abort-error.ts'
export { AlreadyReadError } from './errors/already-read-error.ts'
export { ApiError } from './errors/api-error.ts'
export { AuthenticationError } from './errors/authentication-error.ts'
export { ConnectionError, type ConnectionReason } from './errors/connection-error.ts'
export { NotFoundError } from './errors/not-found-error.ts'
export { OverloadedError } from './errors/overloaded-error.ts'
export { type Attempt, isPawlError, PawlError, type PawlErrorOptions, withFacts } from './errors/pawl-error.ts'
export { ProtocolError, type ProtocolReason } from './errors/protocol-error.ts'
export { QuotaError } from './errors/quota-error.ts'
export { RateLimitError } from './errors/rate-limit-error.ts'
export { RequestError } from './errors/request-error.ts'
export type { ServerFault } from './errors/server-fault.ts'
export { StreamError } from './errors/stream-error.ts'
export { TimeoutError, type TimeoutPhase } from './errors/timeout-error.ts'
export { fixJson, jsonText } from './fixed-json.ts'
export { type ContentParser, type EventFold, foldEvents } from './fold-events.ts'
export type { Growth } from './growth.ts'
export { type Inflow, iteratorOf } from './inflow.ts'
export type { LimitOptions } from './limits.ts'
// The wire and the seam
export type { CallOptions, Model } from './model.ts'
export type { Page, PageList } from './pages.ts'
export { profileOf, withProfile } from './profile-of.ts'
export { profileSources } from './profile-sources.ts'
export { type Compat, type Profile, type ProfileName, profiles } from './profiles.ts'
export type { RateLimit, RateLimits, ResponseInfo, ResponsePromise } from './response-promise.ts'
export type { ClientOptions, Timeouts } from './settings.ts'
export type { StreamEvent, StreamEvents } from './stream-events.ts'
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
