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
import { type TransportRequest, type TransportResponse, textOf } from '../transport/transport.ts'
import type { Turn } from './limits.ts'
import { loadTurn } from './load-limiter.ts'
import { askedDelay, retryDelay, shouldRetryHeader } from './retry.ts'
import { aborted, Clock, type Watch } from './watch.ts'

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
  const total = options.timeout ?? settings.timeouts.total ?? Infinity
  const deadline = performance.now() + total
  const attempts: Attempt[] = []
  let free = 0

  while (true) {
    if (signal?.aborted) throw withFacts(aborted(signal), { attempts })
    const clock = new Clock(signal, deadline, total)
    let turn: Turn | undefined
    let response: TransportResponse | undefined
    const end = (tokens?: number) => {
      clock.end()
      turn?.leave(tokens)
    }
    try {
      const key = settings.key()
      const request = requestFor(settings, call, options, typeof key === 'string' ? key : await until(clock, key))
      if (settings.limits) {
        const identity = `${settings.baseURL} ${request.headers['authorization']}`
        turn = await until(clock, loadTurn(settings.limits, identity, settings, call), (late) => late.leave())
      }
      if (clock.stopped) throw clock.stopped
      response = await settings.transport(request, clock)
      if (response.status < 200 || response.status >= 300) throw await refusedBy(response, clock)
      return await read({ response, watch: clock, attempts, end })
    } catch (cause) {
      response?.cancel()
      end()
      const error = ofRequest(faultOf(cause), response)
      turn?.failed(error)
      const stale = free === 0 && staleSockets.has(error)
      const wait = stale ? 0 : retryDelay(error, attempts.length - free, maxRetries, Math.random())
      const late = wait === undefined || performance.now() + wait > deadline
      const attempt: Attempt = { number: attempts.length + 1, error, waitMs: late ? 0 : wait }
      // What was never sent is no attempt.
      if (!(error instanceof RequestError)) attempts.push(attempt)
      if (late) throw withFacts(error, { attempts })
      if (stale) free = 1
      else {
        options.onRetry?.(attempt)
        await pause(wait, signal)
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

/** The promise, unless the attempt must stop first. @param leaveBehind takes a value that comes too late */
function until<T>(clock: Watch, promise: Promise<T>, leaveBehind?: (late: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    clock.onStop(reject)
    promise.then((value) => (clock.stopped ? leaveBehind?.(value) : resolve(value)), reject)
  })
}

/** Resolves after so many milliseconds, or when the signal fires. */
function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', go)
      resolve()
    }
    const timer = setTimeout(go, milliseconds)
    signal?.addEventListener('abort', go)
    if (signal?.aborted) go()
  })
}

/** Errors that are not Pawl's come from what the caller passed in, as a function that gives the key. */
function faultOf(cause: unknown): PawlError {
  return cause instanceof PawlError ? cause : new RequestError('apiKey', 'The API key could not be had.', { cause })
}

/** Adds the id of the request to an error that ended it, and what had arrived. */
export function ofRequest<E extends PawlError>(error: E, response?: TransportResponse, partial?: unknown): E {
  const requestId = error.requestId ?? response?.headers['x-request-id']
  return withFacts(error, { requestId, partial: error.partial ?? partial })
}

/** Reads what the server says of its refusal: at most 64 KiB, for at most 5 s. */
async function refusedBy(response: TransportResponse, clock: Watch): Promise<ProtocolError | ApiError> {
  const { status, headers } = response
  if (status >= 300 && status < 400)
    return new ProtocolError(
      'redirect',
      `The server answered ${status}: a redirect, which a prompt does not follow. Set \`baseURL\` to where it leads.`,
    )
  clock.wait('idle', 5000)
  const text = await textOf(response, 64 * 1024).catch(() => '')
  return refusal({
    status,
    server: serverFault(jsonOf(text)) ?? {},
    body: text.slice(0, 512),
    shouldRetry: shouldRetryHeader(headers),
    retryAfter: askedDelay(headers, Date.now()),
  })
}

function requestFor(settings: Settings, call: Call, options: CallOptions, key: unknown): TransportRequest {
  const { method, path, body, streamed } = call
  const { connect = 10_000, headers: headersLimit = streamed ? 120_000 : 600_000 } = settings.timeouts
  const query = [settings.query, call.query].filter(Boolean).join('&')
  const url = settings.baseURL + path + (query && `?${query}`)
  return { method, url, headers: headersFor(settings, call, options, key), body, connect, headersLimit }
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
