/** The seam to the network: one exchange of bytes. Two of them exist: sockets of Node, and `fetch` everywhere else. */

import type { Watch } from '../watch.ts'

export interface TransportRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
  /** milliseconds until a connection must stand, and then until the headers */
  readonly connect: number
  readonly headersLimit: number
  /** Follow redirects to the same origin; others are refused always. */
  readonly followSameOrigin: boolean
}

export interface TransportResponse {
  readonly status: number
  /** lower-case names */
  readonly headers: Readonly<Record<string, string>>
  /** The next bytes; undefined at the proper end of the body. Rejects where the body breaks off. Backpressure: nothing is read ahead of it. */
  read(): Promise<Uint8Array | undefined>
  /** Everything, as text, at most `limit` bytes (the rest is not read). */
  text(limit?: number): Promise<string>
  /** Closes the exchange without reading on. */
  cancel(): void
}

/**
 * Sends a request and resolves with its headers. `watch` ends it at any moment, also while the body is read.
 * @throws ConnectionError | TimeoutError | AbortError | ProtocolError (redirect)
 */
export type Transport = (request: TransportRequest, watch: Watch) => Promise<TransportResponse>
