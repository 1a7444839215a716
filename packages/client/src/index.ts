// Asking a server

export { type Client, chat, createClient, type ModelInfo } from './client.ts'
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
// The wire and the seam
export type { CallOptions, Model } from './model.ts'
export type { Page, PageList } from './pages.ts'
export { parseJson } from './parse-json.ts'
export { profileOf, withProfile } from './profiles/profile-of.ts'
export { profileSources } from './profiles/profile-sources.ts'
export { type Compat, type Profile, type ProfileName, profiles } from './profiles/profiles.ts'
export { fixJson, jsonText } from './request/fixed-json.ts'
export type { RateLimit, RateLimits, ResponseInfo, ResponsePromise } from './response-promise.ts'
// For those who stand between: wrappers of models, loops, stand-ins
export { type AbortListener, abortController, listen, unlisten } from './send/abort-listeners.ts'
export type { LimitOptions } from './send/limits.ts'
export type { ClientOptions, Timeouts } from './settings.ts'
export { type Accumulator, accumulate, createAccumulator } from './stream/accumulate.ts'
export { accumulatorOf, type Gathering, gather } from './stream/chunk-source.ts'
export {
  type CompletionStream,
  type CompletionStreamOptions,
  completionStream,
  completionStreamFrom,
} from './stream/completion-stream.ts'
export { type ContentParser, type EventFold, foldEvents } from './stream/fold-events.ts'
export type { Growth } from './stream/growth.ts'
export { type Inflow, iteratorOf } from './stream/inflow.ts'
export type { StreamEvent, StreamEvents } from './stream/stream-events.ts'
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
