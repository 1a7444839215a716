/** `client.chat.completions` as the official package has it. */

import type {
  ChatCompletion,
  ChatCompletionChunk,
  Client,
  ListQuery,
  Message,
  RequestBase,
  RequestPlain,
  RequestStreamed,
  ResponsePromise,
} from '../index.ts'
import { type APIPromise, apiPromise } from './api-promise.ts'
import { ChatCompletionStream } from './completion-stream.ts'
import { officialError } from './official-error.ts'
import { callOptions, type RequestOptions } from './options.ts'
import { type PagePromise, pagePromise } from './page.ts'
import { checkTools, type ParsedCompletion, parseCompletion } from './parse.ts'
import { Stream } from './stream.ts'

/** What `parsed` is: what a helper's format says of itself, unknown for a plain `json_schema`, else null. */
export type ParsedOf<Body> = Body extends { response_format: infer Format }
  ? Format extends { __output: infer Output }
    ? Output
    : Format extends { type: 'json_schema' }
      ? unknown
      : null
  : null

type Numbered = ChatCompletion & { _request_id?: string | null }

/** Errors are those of the official package; what it calls otherwise is in `../openai.ts`. */
export class Completions {
  readonly messages: {
    list(
      id: string,
      query?: Pick<ListQuery, 'after' | 'limit' | 'order'>,
      options?: RequestOptions,
    ): PagePromise<Message & { id: string }>
  }
  readonly #client: Client

  constructor(client: Client) {
    this.#client = client
    this.messages = {
      list: (id, query = {}, options = {}) =>
        pagePromise((after) =>
          page(client.chat.completions.messages.list(id, { ...query, ...(after && { after }) }, callOptions(options))),
        ),
    }
  }

  create(body: RequestPlain, options?: RequestOptions): APIPromise<Numbered>
  create(body: RequestStreamed, options?: RequestOptions): APIPromise<Stream<ChatCompletionChunk>>
  create(
    body: RequestPlain | RequestStreamed,
    options?: RequestOptions,
  ): APIPromise<Numbered | Stream<ChatCompletionChunk>>
  create(body: RequestPlain | RequestStreamed, options: RequestOptions = {}): APIPromise<any> {
    const { completions } = this.#client.chat
    if (!body.stream) return answered(completions.create(body, callOptions(options)), (completion) => completion)
    const controller = new AbortController()
    const signal = either(controller.signal, options.signal)
    const chunks = completions.create(body as RequestStreamed, { ...callOptions(options), signal })
    return answered(chunks, (items, headers) => new Stream(() => officially(items, headers), controller))
  }

  /** The completion with `parsed` on its messages. @throws OpenAIError at once for a function that is not strict */
  parse<Body extends RequestPlain>(
    body: Body,
    options: RequestOptions = {},
  ): APIPromise<ParsedCompletion<ParsedOf<Body>>> {
    checkTools(body.tools)
    const sent = this.#client.chat.completions.create({ ...body, stream: undefined }, callOptions(options))
    return answered(sent, (completion) => parseCompletion<ParsedOf<Body>>(completion, body))
  }

  /** Starts by itself; listeners that are put on in the same turn hear everything. */
  stream<Body extends RequestBase>(body: Body, options: RequestOptions = {}): ChatCompletionStream<ParsedOf<Body>> {
    return new ChatCompletionStream(body, (signal) =>
      this.#client.chat.completions.stream(body, { ...callOptions(options), signal: either(signal, options.signal) }),
    )
  }

  list(query: ListQuery = {}, options: RequestOptions = {}): PagePromise<ChatCompletion> {
    return pagePromise((after) =>
      page(this.#client.chat.completions.list({ ...query, ...(after && { after }) }, callOptions(options))),
    )
  }

  retrieve(id: string, options: RequestOptions = {}): Promise<ChatCompletion> {
    return officialPromise(this.#client.chat.completions.retrieve(id, callOptions(options)))
  }

  update(
    id: string,
    body: { metadata: Readonly<Record<string, string>> | null },
    options: RequestOptions = {},
  ): Promise<ChatCompletion> {
    return officialPromise(this.#client.chat.completions.update(id, body, callOptions(options)))
  }

  delete(id: string, options: RequestOptions = {}): Promise<{ id: string; object: string; deleted: boolean }> {
    return officialPromise(this.#client.chat.completions.delete(id, callOptions(options)))
  }
}

function answered<From, To>(sent: ResponsePromise<From>, change: (data: From, headers: Headers) => To): APIPromise<To> {
  const both = sent.withResponse().then(({ data, response }) => ({ data: change(data, response.headers), response }))
  return apiPromise(officialPromise(both))
}

/** The same promise, rejecting with errors of the official package. */
export function officialPromise<T>(promise: Promise<T>): Promise<T> {
  return promise.catch((error: unknown) => {
    throw officialError(error)
  })
}

async function* officially<T>(items: AsyncIterable<T>, headers: Headers): AsyncGenerator<T> {
  try {
    yield* items
  } catch (error) {
    throw officialError(error, headers)
  }
}

async function page<T>(list: Promise<{ data: readonly T[]; hasMore: boolean }>) {
  const { data, hasMore } = await officialPromise(list)
  return { data: [...data], has_more: hasMore }
}

function either(own: AbortSignal, callers: AbortSignal | null | undefined): AbortSignal {
  return callers ? AbortSignal.any([own, callers]) : own
}
