/** Sends a request until an answer comes: attempts, waits between them, and what each of them ended with. */

import { type ApiError, apiError } from './errors/api-error.ts'
import { type Attempt, PawlError } from './errors/pawl-error.ts'
import { ProtocolError } from './errors/protocol-error.ts'
import { RequestError } from './errors/request-error.ts'
import { serverFault } from './errors/server-fault.ts'
import { delay, limiterFor } from './limits.ts'
import type { CallOptions } from './model.ts'
import { parseJson } from './parse-json.ts'
import { askedDelay, isRateLimit, retryDelay, shouldRetryHeader } from './retry.ts'
import { lowerCased, type Settings } from './settings.ts'
import { fetchTransport } from './transport/fetch.ts'
import { isStaleSocket, nodeTransport } from './transport/node.ts'
import type { Transport, TransportResponse } from './transport/transport.ts'
import { aborted, type Watch, watch } from './watch.ts'

export interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** after the base URL, such as `/chat/completions` */
  readonly path: string
  readonly query?: string | undefined
  readonly body?: string | undefined
  readonly streamed?: boolean | undefined
}

/** An answer whose headers came, and all that led to it. */
export interface Answer {
  readonly response: TransportResponse
  readonly watch: Watch
  readonly attempts: readonly Attempt[]
}

/**
 * Runs `read` on the answer, and everything again when that fails with an error that another attempt may mend.
 * `read` may say through `shown` that something of the answer was given away: then nothing is tried again.
 */
export async function send<T>(
  settings: Settings,
  call: Call,
  options: CallOptions,
  read: (answer: Answer) => Promise<T>,
): Promise<T> {
  const { signal, maxRetries = settings.maxRetries } = options
  if (signal?.aborted) throw aborted(signal)
  const total = options.timeout ?? settings.timeouts.total ?? Infinity
  const deadline = total === Infinity ? Infinity : performance.now() + total
  const attempts: Attempt[] = []
  let freeRetry = true
  const headers = await headersFor(settings, call, options)
  const limiter = settings.limits && limiterFor(`${settings.baseURL} ${headers['authorization']}`, settings.limits)

  while (true) {
    const leave = await limiter
      ?.enter(Math.ceil((call.body?.length ?? 0) / 4), signal)
      .catch(() => Promise.reject(aborted(signal)))
    const clock = watch(signal, deadline, total)
    let response: TransportResponse | undefined
    try {
      response = await exchange(settings, call, headers, options, clock)
      return await read({ response, watch: clock, attempts })
    } catch (cause) {
      clock.end()
      response?.cancel()
      const error =
        cause instanceof PawlError ? cause : new ProtocolError('malformed', 'The answer could not be read.', { cause })
      if (isRateLimit(error)) limiter?.pause(error.retryAfter ?? 1000)
      if (freeRetry && isStaleSocket(error)) {
        freeRetry = false
        attempts.push({ number: attempts.length + 1, error, waitMs: 0 })
        continue
      }
      const counted = attempts.filter((attempt) => !isStaleSocket(attempt.error)).length
      const wait = retryDelay(error, counted, maxRetries, Math.random())
      const attempt: Attempt = { number: attempts.length + 1, error, waitMs: wait ?? 0 }
      attempts.push(attempt)
      if (wait === undefined || performance.now() + wait > deadline)
        throw attempts.length > 1 ? withAttempts(error, attempts) : error
      options.onRetry?.(attempt)
      await delay(wait, signal).catch(() => Promise.reject(withAttempts(aborted(signal), attempts)))
    } finally {
      leave?.()
    }
  }
}

/** The error of the last attempt knows the ones before. */
function withAttempts<E extends PawlError>(error: E, attempts: readonly Attempt[]): E {
  return Object.defineProperty(error, 'attempts', { value: attempts, enumerable: true })
}

async function exchange(
  settings: Settings,
  call: Call,
  headers: Record<string, string>,
  options: CallOptions,
  clock: Watch,
): Promise<TransportResponse> {
  if (clock.stopped) throw clock.stopped
  const { connect = 10_000, headers: headersLimit = call.streamed ? 120_000 : 600_000 } = settings.timeouts
  const query = [settings.query, call.query].filter(Boolean).join('&')
  const response = await transportFor(settings)(
    {
      method: call.method,
      url: `${settings.baseURL}${call.path}${query ? `?${query}` : ''}`,
      headers,
      body: call.body,
      connect,
      headersLimit,
      followSameOrigin: settings.followSameOrigin,
    },
    clock,
  )
  void options
  if (response.status >= 200 && response.status < 300) return response
  if (response.status >= 300 && response.status < 400) {
    response.cancel()
    throw new ProtocolError(
      'redirect',
      `The server redirects (${response.status}); a prompt does not follow. Set the base URL to where it leads.`,
    )
  }
  throw await refusal(response, clock)
}

/** Reads what the server says of its refusal: at most 64 KiB, for at most 5 s. */
async function refusal(response: TransportResponse, clock: Watch): Promise<ApiError> {
  clock.phase('idle', 5000)
  const text = await response.text(64 * 1024).catch(() => '')
  response.cancel()
  clock.end()
  return apiError({
    status: response.status,
    server: faultIn(text),
    body: text.slice(0, 512),
    shouldRetry: shouldRetryHeader(response.headers),
    retryAfter: askedDelay(response.headers, Date.now()),
    requestId: response.headers['x-request-id'],
  })
}

function faultIn(text: string) {
  try {
    return serverFault(parseJson(text)) ?? {}
  } catch {
    return {}
  }
}

async function headersFor(
  settings: Settings,
  { body, streamed }: Call,
  options: CallOptions,
): Promise<Record<string, string>> {
  const asked = settings.key()
  const key = typeof asked === 'string' ? asked : await asked
  if (typeof key !== 'string' || /[\r\n]/.test(key))
    throw new RequestError('apiKey', 'The API key is no text that a header can hold.')
  return {
    accept: streamed ? 'text/event-stream' : 'application/json',
    'accept-encoding': 'identity',
    ...(body !== undefined && { 'content-type': 'application/json' }),
    authorization: `Bearer ${key}`,
    ...(options.idempotencyKey && { 'idempotency-key': options.idempotencyKey }),
    ...settings.headers,
    ...(options.headers && lowerCased(options.headers)),
  }
}

let fetching: Transport | undefined

function transportFor({ fetch }: Settings): Transport {
  if (fetch) return fetchTransport(fetch)
  if (typeof process === 'object' && typeof process.getBuiltinModule === 'function' && process.release?.name === 'node')
    return nodeTransport
  fetching ??= fetchTransport(globalThis.fetch)
  return fetching
}
