/** The transport of browsers, edge runtimes, Bun and Deno, and of everybody who brings their own `fetch` (a proxy, a fake). */

import type { PawlError } from '../errors/pawl-error.ts'
import { moment, type Transport } from './transport.ts'

/** What an error of a `fetch` means. */
export interface FetchFaults {
  /** No answer came. */
  request(cause: unknown, url: string): PawlError
  /** The body broke off. */
  body(cause: unknown, url: string): PawlError
}

/** @param fetch the runtime's own when left out, whichever that is when a request is sent */
export function fetchTransport(
  faults: FetchFaults,
  fetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init),
): Transport {
  return async ({ url, method, headers, body, headersLimit }, watch) => {
    const controller = new AbortController()
    /** What a promise of the fetch comes to. One that ignores its signal is left behind. */
    const settled = <T>(promise: Promise<T>, faultOf: FetchFaults['request']) =>
      new Promise<T>((resolve, reject) => {
        watch.onStop((error) => {
          controller.abort(error)
          reject(error)
        })
        promise.then(resolve, (cause) => reject(watch.stopped ?? faultOf(cause, url)))
      })

    // A `fetch` does not tell when its connection stands.
    watch.wait('headers', headersLimit)
    const { signal } = controller
    const init: RequestInit = { method, headers, ...(body !== undefined && { body }), signal, redirect: 'manual' }
    const response = await settled(fetch(url, init), faults.request)
    const reader = response.body?.getReader()
    const read = async () => reader && (await settled(reader.read(), faults.body)).value
    return {
      // A browser hides where a manual redirect leads: its status is 0.
      status: response.type === 'opaqueredirect' ? 307 : response.status,
      headers: Object.fromEntries(response.headers),
      read,
      finish() {
        const timer = setTimeout(() => controller.abort(), moment)
        const drain = async () => {
          while (await read());
        }
        drain()
          .catch(() => {})
          .finally(() => clearTimeout(timer))
      },
      cancel() {
        reader?.cancel().catch(() => {})
        controller.abort()
      },
    }
  }
}
