/** The transport of browsers, edge runtimes, Bun and Deno, and of everybody who brings their own `fetch` (a proxy, a fake). */

import type { PawlError } from '../errors/pawl-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import { TimeoutError, type TimeoutPhase } from '../errors/timeout-error.ts'
import type { Watch } from '../watch.ts'
import { codeOf, connectionFault, reasonOf } from './connection-fault.ts'
import { moment, type Transport, type TransportRequest, type TransportResponse } from './transport.ts'

export function fetchTransport(fetch: typeof globalThis.fetch): Transport {
  return async (request, watch) => {
    const controller = new AbortController()
    // A `fetch` does not tell when its connection stands.
    watch.wait('headers', request.headersLimit)
    const response = await new Promise<Response>((resolve, reject) => {
      // A fetch that ignores its signal is left behind.
      watch.onStop((error) => {
        controller.abort(error)
        reject(error)
      })
      const { method, headers, body } = request
      fetch(request.url, {
        method,
        headers,
        ...(body !== undefined && { body }),
        signal: controller.signal,
        redirect: 'manual',
      }).then(resolve, (cause) => reject(watch.stopped ?? runtimeLimit(cause) ?? connectionFault(cause, request.url)))
    })
    return responseOf(response, request, watch, controller)
  }
}

function responseOf(
  response: Response,
  request: TransportRequest,
  watch: Watch,
  controller: AbortController,
): TransportResponse {
  const reader = response.body?.getReader()
  let fail: ((error: unknown) => void) | undefined
  watch.onStop((error) => {
    controller.abort(error)
    fail?.(error)
  })
  const read = () =>
    new Promise<Uint8Array | undefined>((resolve, reject) => {
      if (!reader) return resolve(undefined)
      fail = reject
      reader.read().then(
        ({ value, done }) => resolve(done ? undefined : value),
        (cause) => reject(watch.stopped ?? brokenBody(cause, request.url)),
      )
    })
  return {
    // A browser hides where a manual redirect leads: its status is 0.
    status: response.type === 'opaqueredirect' ? 307 : response.status,
    headers: Object.fromEntries(response.headers),
    read,
    finish() {
      const timer = setTimeout(() => controller.abort(), moment)
      const drain = async () => {
        while (reader && !(await reader.read()).done);
      }
      drain()
        .catch(() => {})
        .finally(() => clearTimeout(timer))
    },
    cancel: () => {
      reader?.cancel().catch(() => {})
      controller.abort()
    },
  }
}

/** Limits that a `fetch` sets by itself. https://undici.nodejs.org/#/docs/api/Errors */
const runtimeLimits: ReadonlyMap<string, TimeoutPhase> = new Map([
  ['UND_ERR_CONNECT_TIMEOUT', 'connect'],
  ['UND_ERR_HEADERS_TIMEOUT', 'headers'],
  ['UND_ERR_BODY_TIMEOUT', 'idle'],
])

function runtimeLimit(cause: unknown): TimeoutError | undefined {
  const runtime = codeOf(cause)
  const phase = runtimeLimits.get(runtime)
  return phase && new TimeoutError(phase, Number.NaN, { runtime, cause })
}

function brokenBody(cause: unknown, url: string): PawlError {
  const limit = runtimeLimit(cause)
  if (limit) return limit
  const code = codeOf(cause)
  if (code.startsWith('Z_') && code !== 'Z_BUF_ERROR')
    return new ProtocolError('malformed', 'The compressed body is damaged.', { cause })
  return reasonOf(code) !== undefined
    ? connectionFault(cause, url)
    : new ProtocolError('truncated', 'The body broke off before its end.', { cause })
}
