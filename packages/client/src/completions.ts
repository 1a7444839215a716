/** `client.chat.completions`: ask, stream, and what a server has stored. */

import { readCompletion } from './completion.ts'
import { RequestError } from './errors/request-error.ts'
import { isObject } from './is-object.ts'
import type { CallOptions } from './model.ts'
import { type PageList, pageList } from './pages.ts'
import type { Profile } from './profiles/profiles.ts'
import { bodyText } from './request/body-text.ts'
import { type ResponsePromise, responsePromise } from './response-promise.ts'
import { type Call, send, sendForJson } from './send/send.ts'
import type { Settings } from './settings.ts'
import { chunkStream } from './stream/chunk-stream.ts'
import { type CompletionStream, completionStreamOf } from './stream/completion-stream.ts'
import { type ContentParser, foldEvents } from './stream/fold-events.ts'
import type { ChatCompletionChunk } from './types/chunk.ts'
import type { ChatCompletion } from './types/completion.ts'
import type { Message } from './types/message.ts'
import type { RequestBase, RequestPlain, RequestStreamed } from './types/request.ts'

export interface Completions {
  /** The whole completion. With `stream: true`: resolves once the server has begun, with the chunks. */
  create(body: RequestPlain, options?: CallOptions): ResponsePromise<ChatCompletion>
  create(body: RequestStreamed, options?: CallOptions): ResponsePromise<AsyncIterable<ChatCompletionChunk>>
  create(
    body: RequestPlain | RequestStreamed,
    options?: CallOptions,
  ): ResponsePromise<ChatCompletion | AsyncIterable<ChatCompletionChunk>>
  /** Events with snapshots. Lazy: asks at the first read. */
  stream(body: RequestBase, options?: CallOptions): CompletionStream
  /** The chunks as sent. Lazy. Ends in an error where the stream is cut; `break` closes the connection. */
  streamRaw(body: RequestBase, options?: CallOptions): AsyncIterable<ChatCompletionChunk>
  /** Stored completions, oldest first; `for await` goes through all pages. */
  list(query?: ListQuery, options?: CallOptions): PageList<ChatCompletion>
  retrieve(id: string, options?: CallOptions): Promise<ChatCompletion>
  update(
    id: string,
    body: { metadata: Readonly<Record<string, string>> | null },
    options?: CallOptions,
  ): Promise<ChatCompletion>
  delete(id: string, options?: CallOptions): Promise<{ id: string; object: string; deleted: boolean }>
  readonly messages: {
    list(
      id: string,
      query?: Omit<ListQuery, 'model' | 'metadata'>,
      options?: CallOptions,
    ): PageList<Message & { id: string }>
  }
}

/** Which stored completions, and how many a page. */
export interface ListQuery {
  model?: string | undefined
  metadata?: Readonly<Record<string, string>> | undefined
  after?: string | undefined
  /** items a page; 20 */
  limit?: number | undefined
  order?: 'asc' | 'desc' | undefined
}

const path = '/chat/completions'

/** A response format may carry a parser under this symbol, which JSON leaves out: stream events then have `parsed`. */
export const parserSymbol: unique symbol = Symbol.for('pawl.parse') as never

function parserOf(format: object | undefined): ContentParser | undefined {
  return format && (Reflect.get(format, parserSymbol) as ContentParser | undefined)
}

export function completions(settings: Settings): Completions {
  const ask = (method: Call['method'], place: string, options?: CallOptions, more?: Partial<Call>): Promise<any> =>
    sendForJson(settings, { method, path: place, ...more }, options)
  const pages = <T extends { id: string }>(place: () => string, query: ListQuery = {}, options?: CallOptions) =>
    pageList<T>((after = query.after) => ask('GET', place(), options, { query: listQuery({ ...query, after }) }))
  const raw = (body: RequestBase, options: CallOptions = {}) =>
    chunkStream(settings, () => callFor(settings, body, true, options), options)

  function create(body: RequestPlain | RequestStreamed, options: CallOptions = {}): ResponsePromise<any> {
    if (!body?.stream) return responsePromise(plain(settings, body as RequestPlain, options))
    const chunks = raw(body, options)
    return responsePromise(chunks.open().then(({ answer }) => ({ ...answer, data: chunks })))
  }

  return {
    create,
    stream(body, options) {
      const chunks = raw(body, options)
      const fold = foldEvents(parserOf(body?.response_format), chunks.accumulator)
      return completionStreamOf(chunks.chunks, fold, fold.take, { ...settings.profile, abort: chunks.abort })
    },
    streamRaw: (body, options) => raw(body, options),
    list: (query, options) => pages(() => path, query, options),
    retrieve: async (id, options) => ask('GET', placeOf(id), options),
    update: async (id, body, options) => ask('POST', placeOf(id), options, { body: bodyText({ ...body }) }),
    delete: async (id, options) => ask('DELETE', placeOf(id), options),
    messages: { list: (id, query, options) => pages(() => `${placeOf(id)}/messages`, query, options) },
  }
}

async function plain(settings: Settings, body: RequestPlain, options: CallOptions) {
  return send(
    settings,
    callFor(settings, body, false, options),
    options,
    async ({ response, watch, attempts, end }) => {
      // The headers are there; a body that stands still is a stalled answer. Some servers send blank lines meanwhile.
      watch.wait('idle', options.idleTimeout ?? settings.timeouts.idle ?? settings.timeouts.headers ?? 600_000)
      const data = await readCompletion(response)
      end(data.usage?.total_tokens)
      return { data, response, attempts }
    },
  )
}

/** @throws RequestError before anything is sent */
function callFor({ profile }: Settings, body: RequestBase, streamed: boolean, { extraBody }: CallOptions): Call {
  if (!isObject(body)) throw new RequestError('body', 'The body of a request must be an object.')
  if (typeof body.model !== 'string' || body.model === '') throw new RequestError('model', '`model` must name a model.')
  if (!Array.isArray(body.messages)) throw new RequestError('messages', '`messages` must be a list of messages.')
  const { stream: _, ...parameters } = body as RequestPlain
  const sent = {
    ...parameters,
    ...(streamed && { stream: true, ...(profile.usageInStream && usageWanted(parameters)) }),
    ...limitField(parameters, profile),
    ...extraBody,
  }
  const answerTokens = body.max_completion_tokens ?? body.max_tokens ?? undefined
  return { method: 'POST', path, streamed, body: bodyText(sent, profile), answerTokens }
}

function usageWanted({ stream_options }: RequestBase) {
  return { stream_options: { include_usage: true, ...stream_options } }
}

/** The limit under the name that a known server understands; an unknown one gets what the caller wrote. */
function limitField({ max_completion_tokens: limit, max_tokens }: RequestBase, profile: Profile) {
  const renamed = profile.maxTokensField === 'max_tokens' && profile.name !== 'generic' && limit && max_tokens == null
  return renamed ? { max_completion_tokens: undefined, max_tokens: limit } : undefined
}

function listQuery({ metadata = {}, ...rest }: ListQuery): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(rest)) if (value !== undefined) query.set(name, String(value))
  for (const [key, value] of Object.entries(metadata)) query.set(`metadata[${key}]`, value)
  return query.toString()
}

/** An id is one segment of the path, whatever it holds. */
function placeOf(id: string): string {
  if (typeof id !== 'string' || id === '') throw new RequestError('id', 'An id must be a text that is not empty.')
  return `${path}/${encodeURIComponent(id).replaceAll('.', '%2E')}`
}
