/** The official package's client class, over ours. */

import { type Client, createClient, type ModelInfo } from '../index.ts'
import type * as Chat from './chat-names.ts'
import { Completions, officialPromise } from './completions.ts'
import * as errors from './errors.ts'
import type {
  ChatCompletion,
  ChatCompletionAssistantMessageParam,
  ChatCompletionChunk,
  ChatCompletionContentPart,
  ChatCompletionCreateParams,
  ChatCompletionCreateParamsNonStreaming,
  ChatCompletionCreateParamsStreaming,
  ChatCompletionMessage,
  ChatCompletionMessageParam,
  ChatCompletionMessageToolCall,
  ChatCompletionSystemMessageParam,
  ChatCompletionTool,
  ChatCompletionToolChoiceOption,
  ChatCompletionToolMessageParam,
  ChatCompletionUserMessageParam,
  CompletionUsage,
  ReasoningEffort,
} from './names.ts'
import { type OpenAIOptions as ClientOptions, clientOptions, type RequestOptions } from './options.ts'
import { type PagePromise, pagePromise } from './page.ts'

/** Models of a server. */
export interface Models {
  list(): PagePromise<ModelInfo>
  retrieve(id: string): Promise<ModelInfo>
}

/** A client of one server. Its error classes stand on it as on the official one. */
export class OpenAI {
  static readonly OpenAI = OpenAI
  static readonly OpenAIError = errors.OpenAIError
  static readonly APIError = errors.APIError
  static readonly APIConnectionError = errors.APIConnectionError
  static readonly APIConnectionTimeoutError = errors.APIConnectionTimeoutError
  static readonly APIUserAbortError = errors.APIUserAbortError
  static readonly BadRequestError = errors.BadRequestError
  static readonly AuthenticationError = errors.AuthenticationError
  static readonly PermissionDeniedError = errors.PermissionDeniedError
  static readonly NotFoundError = errors.NotFoundError
  static readonly ConflictError = errors.ConflictError
  static readonly UnprocessableEntityError = errors.UnprocessableEntityError
  static readonly RateLimitError = errors.RateLimitError
  static readonly InternalServerError = errors.InternalServerError
  static readonly LengthFinishReasonError = errors.LengthFinishReasonError
  static readonly ContentFilterFinishReasonError = errors.ContentFilterFinishReasonError

  readonly chat: { readonly completions: Completions }
  readonly models: Models
  readonly #options: ClientOptions

  /** @throws OpenAIError when there is no key, or the base URL is no address */
  constructor(options: ClientOptions = {}) {
    this.#options = options
    const client = open(options)
    this.chat = { completions: new Completions(client) }
    this.models = models(client)
  }

  /** A client with these options changed. */
  withOptions(options: ClientOptions): OpenAI {
    return new OpenAI({ ...this.#options, ...options })
  }
}

/** The types that the official package keeps on its class. */
export declare namespace OpenAI {
  export type {
    Chat,
    ChatCompletion,
    ChatCompletionAssistantMessageParam,
    ChatCompletionChunk,
    ChatCompletionContentPart,
    ChatCompletionCreateParams,
    ChatCompletionCreateParamsNonStreaming,
    ChatCompletionCreateParamsStreaming,
    ChatCompletionMessage,
    ChatCompletionMessageParam,
    ChatCompletionMessageToolCall,
    ChatCompletionSystemMessageParam,
    ChatCompletionTool,
    ChatCompletionToolChoiceOption,
    ChatCompletionToolMessageParam,
    ChatCompletionUserMessageParam,
    ClientOptions,
    CompletionUsage,
    ReasoningEffort,
    RequestOptions,
  }
}

function open(options: ClientOptions): Client {
  const given = clientOptions(options)
  const key = given.apiKey ?? globalThis.process?.env?.['OPENAI_API_KEY']
  if (key === undefined) throw new errors.OpenAIError('Set OPENAI_API_KEY, or pass `apiKey`.')
  try {
    return createClient(given)
  } catch (cause) {
    throw new errors.OpenAIError(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

function models({ models }: Client): Models {
  return {
    list: () =>
      pagePromise(async () => {
        const { data } = await officialPromise(models.list())
        return { data: [...data], has_more: false }
      }),
    retrieve: (id) => officialPromise(models.retrieve(id)),
  }
}
