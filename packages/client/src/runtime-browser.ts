/**
 * `#runtime` where packages are resolved for a browser. It reads one answer at a time, so that each chunk may be parsed by
 * itself. Its `fetch` hides where a redirect leads, and tells no code, so that an error means what one without a code means
 * everywhere.
 */

import { ConnectionError } from './errors/connection-error.ts'
import { ProtocolError } from './errors/protocol-error.ts'
import { type FetchFaults, fetchTransport } from './transport/fetch.ts'
import type { Transport } from './transport/transport.ts'

export function chunkTemplate(): undefined {}

export function transportOf(fetch: typeof globalThis.fetch | undefined): Transport {
  return fetchTransport(fetchFaults, fetch)
}

export const fetchFaults: FetchFaults = {
  request(cause, url) {
    const host = URL.parse(url)?.host ?? 'The server'
    const message = `${host} closed the connection before the answer was complete.`
    return new ConnectionError(message, { reason: 'reset', cause })
  },
  body: (cause) => new ProtocolError('truncated', 'The body broke off before its end.', { cause }),
}
