/** Sends a request until an answer comes: attempts, waits between them, and what each of them ended with. */

import { readJson } from '../completion.ts'
import type { ApiError } from '../errors/api-error.ts'
import { type Attempt, PawlError, withFacts } from '../errors/pawl-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import { refusal } from '../errors/refusal.ts'
import { RequestError } from '../errors/request-error.ts'
import { serverFault } from '../errors/server-fault.ts'
import type { CallOptions } from '../model.ts'
import { jsonOf } from '../parse-json.ts'
import { checkHeaders, lowerCased } from '../request/headers.ts'
import type { Settings } from '../settings.ts'
import { staleSockets } from '../transport/stale-sockets.ts'
import { type TransportResponse, textOf } from '../transport/transport.ts'
import type { Turn } from './limits.ts'
import { loadTurn } from './load-limiter.ts'
import { askedDelay, retryDelay, shouldRetryHeader } from './retry.ts'
import { aborted, type Watch, watch } from './watch.ts'

export interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** after the base URL, such as `/chat/completions` */
  readonly path: string
  readonly query?: string | undefined
  readonly body?: string | undefined
  readonly streamed?: boolean | undefined
  /** tokens that the answer may take, for a limit of tokens */
  readonly answerTokens?: number | undefined
}

/** An answer whose headers came, and all that led to it. Whoever takes it over ends it. */
export interface Answer {
  readonly response: TransportResponse
  readonly watch: Watch
  /** those that failed before */
  readonly attempts: readonly Attempt[]
  /** The answer is read: takes timers and listeners away, and lets the next one in. @param tokens that were really used */
  end(tokens?: number | undefined): void
}

/**
 * Runs `read` on the answer, and everything again when that fails with an error that another attempt may mend: so `read`
 * must not have shown anything by then.
 * @throws PawlError with all attempts
 */
export async function send<T>(
  settings: Settings,
  call: Call,
  options: CallOptions,
  read: (answer: Answer) => Promise<T>,
): Promise<T> {
  const { signal, maxRetries = settings.maxRetries } = options
  if (signal?.aborted) throw aborted(signal)
  const total = totalOf(options, settings)
  const deadline = total === Infinity ? Infinity : performance.now() + total
  const attempts: Attempt[] = []
  let freeRetries = 1

  while (true) {
    const clock = watch(signal, deadline, total)
    let turn: Turn | undefined
    let response: TransportResponse | undefined
    const end = (tokens?: number) => {
      clock.end()
      turn?.leave(tokens)
    }
    try {
      const key = settings.key()
      const headers = headersFor(settings, call, options, typeof key === 'string' ? key : await until(clock, key))
      if (settings.limits) {
        const identity = `${settings.baseURL} ${headers['authorization']}`
        turn = await until(clock, loadTurn(settings.limits, identity, settings, call), (late) => late.leave())
      }
      response = await exchange(settings, call, headers, clock)
      return await read({ response, watch: clock, attempts, end })
    } catch (cause) {
      response?.cancel()
      end()
      const error = facts(cause, response)
      turn?.failed(error)
      const free = freeRetries > 0 && staleSockets.has(error)
      const counted = attempts.length - (1 - freeRetries)
      const wait = free ? 0 : retryDelay(error, counted, maxRetries, Math.random())
      const late = wait === undefined || performance.now() + wait > deadline
      const attempt: Attempt = { number: attempts.length + 1, error, waitMs: late ? 0 : wait }
      // What was never sent is no attempt.
      if (!(error instanceof RequestError)) attempts.push(attempt)
      if (late) throw withFacts(error, { attempts })
      if (free) freeRetries -= 1
      else {
        options.onRetry?.(attempt)
        await pause(wait, signal).catch(() => Promise.reject(withFacts(aborted(signal), { attempts })))
      }
    }
  }
}

/** The JSON of an answer that is no completion. */
export function sendForJson(settings: Settings, call: Call, options: CallOptions = {}): Promise<unknown> {
  return send(settings, call, options, async ({ response, end }) => {
    const value = await readJson(response)
    end()
    return value
  })
}

function totalOf({ timeout }: CallOptions, { timeouts }: Settings): number {
  return timeout ?? timeouts.total ?? Infinity
}

/** The promise, unless the attempt must stop first. @param leaveBehind takes a value that comes too late */
function until<T>(clock: Watch, promise: Promise<T>, leaveBehind?: (late: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    clock.onStop(reject)
    promise.then((value) => (clock.stopped ? leaveBehind?.(value) : resolve(value)), reject)
  })
}

/** Resolves after so many milliseconds; rejects when the signal fires. */
function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const abort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', abort, { once: true })
  })
}

/** Errors that are not Pawl's come from what the caller passed in, as a function that gives the key. */
function facts(cause: unknown, response: TransportResponse | undefined): PawlError {
  if (!(cause instanceof PawlError)) return new RequestError('apiKey', 'The API key could not be had.', { cause })
  const requestId = cause.requestId ?? response?.headers['x-request-id']
  return withFacts(cause, { requestId })
}

async function exchange(
  settings: Settings,
  call: Call,
  headers: Record<string, string>,
  clock: Watch,
): Promise<TransportResponse> {
  if (clock.stopped) throw clock.stopped
  const { connect = 10_000, headers: headersLimit = call.streamed ? 120_000 : 600_000 } = settings.timeouts
  const { method, body } = call
  const request = { method, url: urlOf(settings, call), headers, body, connect, headersLimit }
  const response = await settings.transport(request, clock)
  const { status } = response
  if (status >= 200 && status < 300) return response
  if (status < 300 || status >= 400) throw await readRefusal(response, clock)
  response.finish()
  throw new ProtocolError(
    'redirect',
    `The server redirects (${status}); a prompt does not follow. Set \`baseURL\` to where it leads.`,
  )
}

function urlOf({ baseURL, query }: Settings, call: Call): string {
  if (!query && !call.query) return baseURL + call.path
  return `${baseURL}${call.path}?${[query, call.query].filter(Boolean).join('&')}`
}

/** Reads what the server says of its refusal: at most 64 KiB, for at most 5 s. */
async function readRefusal(response: TransportResponse, clock: Watch): Promise<ApiError> {
  clock.wait('idle', 5000)
  const text = await textOf(response, 64 * 1024).catch(() => '')
  response.finish()
  return refusal({
    status: response.status,
    server: serverFault(jsonOf(text)) ?? {},
    body: text.slice(0, 512),
    shouldRetry: shouldRetryHeader(response.headers),
    retryAfter: askedDelay(response.headers, Date.now()),
    requestId: response.headers['x-request-id'],
  })
}

function headersFor(
  settings: Settings,
  { body, streamed }: Call,
  options: CallOptions,
  key: unknown,
): Record<string, string> {
  if (typeof key !== 'string' || /[^\x20-\x7e]/.test(key))
    throw new RequestError('apiKey', 'The API key is no text that a header can hold.')
  const headers: Record<string, string> = {
    accept: streamed ? 'text/event-stream' : 'application/json',
    authorization: `Bearer ${key}`,
    ...settings.headers,
  }
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (options.idempotencyKey) headers['idempotency-key'] = options.idempotencyKey
  if (options.headers) Object.assign(headers, lowerCased(options.headers))
  checkHeaders(headers)
  return headers
}
