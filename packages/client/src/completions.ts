/** `client.chat.completions`: ask, stream, and what a server has stored. */

import { bodyText } from './body-text.ts'
import { chunkStream } from './chunk-stream.ts'
import { readCompletion, readJson } from './completion.ts'
import { type CompletionStream, completionStream } from './completion-stream.ts'
import { RequestError } from './errors/request-error.ts'
import type { ContentParser } from './fold-events.ts'
import type { CallOptions } from './model.ts'
import { type PageList, pageList, pageOf } from './pages.ts'
import { type ResponsePromise, responsePromise } from './response-promise.ts'
import { type Call, send } from './send.ts'
import type { Settings } from './settings.ts'
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

export interface ListQuery {
  model?: string | undefined
  metadata?: Readonly<Record<string, string>> | undefined
  after?: string | undefined
  /** items a page; 20 */
  limit?: number | undefined
  order?: 'asc' | 'desc' | undefined
}

const path = '/chat/completions'

/** A response format may carry a parser under this symbol: stream events then have `parsed`. */
export const parserOf: unique symbol = Symbol.for('pawl.parse') as never

export function completions(settings: Settings): Completions {
  const get = (place: string, query: string, options: CallOptions) =>
    send(settings, { method: 'GET', path: place, query }, options, async ({ response, watch }) => {
      const value = await readJson(response)
      watch.end()
      return value
    })
  const change = (method: 'POST' | 'DELETE', place: string, body: string | undefined, options: CallOptions) =>
    send(settings, { method, path: place, body }, options, async ({ response, watch }) => {
      const value = await readJson(response)
      watch.end()
      return value
    })
  const raw = (body: RequestBase, options: CallOptions) =>
    chunkStream(settings, () => callFor(settings, body, true, options), options)

  function create(body: RequestPlain | RequestStreamed, options: CallOptions = {}): ResponsePromise<any> {
    if (body?.stream) {
      const stream = raw(body, options)
      return responsePromise(
        stream.open().then(({ response, attempts }) => ({ data: stream.iterable, response, attempts })),
      )
    }
    return responsePromise(plain(settings, body, options))
  }

  return {
    create,
    stream(body, options = {}) {
      const controller = new AbortController()
      const signal = options.signal ? AbortSignal.any([options.signal, controller.signal]) : controller.signal
      const parser: ContentParser | undefined = body?.response_format && Reflect.get(body.response_format, parserOf)
      const lenient = settings.profile.finishReasonOptional
      return completionStream(() => raw(body, { ...options, signal }).iterable, { controller, parser, lenient })
    },
    streamRaw: (body, options = {}) => raw(body, options).iterable,
    list: (query = {}, options = {}) =>
      pageList<ChatCompletion>(async (after) =>
        pageOf(await get(path, listQuery({ ...query, ...(after && { after }) }), options)),
      ),
    retrieve: async (id, options = {}) => (await get(`${path}/${segment(id)}`, '', options)) as ChatCompletion,
    update: async (id, body, options = {}) =>
      (await change('POST', `${path}/${segment(id)}`, bodyText(body), options)) as ChatCompletion,
    delete: async (id, options = {}) =>
      (await change('DELETE', `${path}/${segment(id)}`, undefined, options)) as {
        id: string
        object: string
        deleted: boolean
      },
    messages: {
      list: (id, query = {}, options = {}) =>
        pageList<Message & { id: string }>(async (after) =>
          pageOf(
            await get(`${path}/${segment(id)}/messages`, listQuery({ ...query, ...(after && { after }) }), options),
          ),
        ),
    },
  }
}

async function plain(settings: Settings, body: RequestPlain, options: CallOptions) {
  return send(settings, callFor(settings, body, false, options), options, async ({ response, watch, attempts }) => {
    // The headers are there; a body that stands still is a stalled answer.
    const idle = options.idleTimeout ?? settings.timeouts.idle ?? 60_000
    watch.phase('idle', idle)
    const data = await readCompletion(response)
    watch.end()
    return { data, response, attempts }
  })
}

/** @throws RequestError before anything is sent */
function callFor({ profile }: Settings, body: RequestBase, streamed: boolean, { extraBody }: CallOptions): Call {
  if (typeof body !== 'object' || body === null)
    throw new RequestError('body', 'The body of a request must be an object.')
  if (typeof body.model !== 'string' || body.model === '') throw new RequestError('model', '`model` must name a model.')
  if (!Array.isArray(body.messages)) throw new RequestError('messages', '`messages` must be a list of messages.')
  const usage = streamed && profile.usageInStream && { stream_options: { include_usage: true, ...body.stream_options } }
  const { model, ...rest } = body
  return {
    method: 'POST',
    path,
    streamed,
    body: bodyText({
      model,
      stream: streamed || undefined,
      ...rest,
      ...(streamed && { stream: true }),
      ...usage,
      ...extraBody,
    }),
  }
}

function listQuery({ metadata = {}, ...rest }: ListQuery): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(rest)) if (value !== undefined) query.set(name, String(value))
  for (const [key, value] of Object.entries(metadata)) query.set(`metadata[${key}]`, value)
  return query.toString()
}

/** An id is one segment of a path, whatever it holds. */
function segment(id: string): string {
  if (typeof id !== 'string' || id === '') throw new RequestError('id', 'An id must be a text that is not empty.')
  return encodeURIComponent(id).replaceAll('.', '%2E')
}
