/**
 * A door for programs written for the official `openai` package: `import OpenAI from '@pawl/client/openai'`.
 *
 * `new OpenAI(options)`, `chat.completions.create`, `stream`, `parse`, stored completions, `models` and the error classes
 * run with only the import changed; request bodies go out as the program gives them (but for `parsed` and `annotations` of
 * an answer that goes back, which belong to answers). Under them is `createClient`, with
 * its limits, its retries and its refusal to take a cut answer for a whole one: such an end is an `OpenAIError` here.
 *
 * Not covered: `runTools`, the Responses API and all other endpoints, `asResponse` and the body of a `Response`
 * (`withResponse` stands on `create` and `parse`), the classes for Azure and other clouds, imports from below
 * `openai/…` (types are found on the class: `OpenAI.Chat.Completions.ChatCompletionMessageParam`). A helper such as
 * `zodResponseFormat` of `openai/helpers/zod` works with it. Of an error's headers only `x-request-id` is known; the rest
 * is in its `cause`.
 */

export type { APIPromise } from './openai/api-promise.ts'
export { OpenAI, OpenAI as default } from './openai/client.ts'
export { ChatCompletionStream } from './openai/completion-stream.ts'
export {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  ContentFilterFinishReasonError,
  InternalServerError,
  LengthFinishReasonError,
  NotFoundError,
  OpenAIError,
  PermissionDeniedError,
  RateLimitError,
  UnprocessableEntityError,
} from './openai/errors.ts'
export type { OpenAIOptions as ClientOptions, RequestOptions } from './openai/options.ts'
export { CursorPage, type PagePromise } from './openai/page.ts'
export { Stream } from './openai/stream.ts'
