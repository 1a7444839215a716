/** The transport that a runtime brings: its own `fetch`, whichever that is when a request is sent. */

import { fetchTransport } from './fetch.ts'
import type { Transport } from './transport.ts'

export function builtInTransport(): Transport {
  return fetchTransport((input, init) => globalThis.fetch(input, init))
}
