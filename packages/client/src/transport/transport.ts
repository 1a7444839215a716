/** The seam to the network: one exchange of bytes. Two of them exist: sockets of Node, and `fetch` everywhere else. */

import type { Watch } from '../send/watch.ts'

export interface TransportRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
  /** milliseconds until a connection must stand, and then until the headers */
  readonly connect: number
  readonly headersLimit: number
}

export interface TransportResponse {
  readonly status: number
  /** lower-case names */
  readonly headers: Readonly<Record<string, string>>
  /** The next bytes; undefined at the proper end of the body. Rejects where the body breaks off. Backpressure: little is read ahead of it. */
  read(): Promise<Uint8Array | undefined>
  /** Nothing more is wanted: the connection is kept when the body ends within a moment, else closed. */
  finish(): void
  /** Closes the connection without reading on. */
  cancel(): void
}

/** How long the end of a body may take when nothing more is wanted of it. */
export const moment = 100

/**
 * Sends a request and resolves with its headers. `watch` ends it at any moment, also while the body is read.
 * Redirects are not followed.
 * @throws ConnectionError | TimeoutError | AbortError
 */
export type Transport = (request: TransportRequest, watch: Watch) => Promise<TransportResponse>

/** The whole body as text, at most `limit` bytes; what is beyond is not read. */
export async function textOf(response: TransportResponse, limit = Infinity): Promise<string> {
  const pieces: Uint8Array[] = []
  let size = 0
  while (size < limit) {
    const bytes = await response.read()
    if (!bytes) break
    pieces.push(bytes)
    size += bytes.length
  }
  const [first] = pieces
  if (first?.length === size) return utf8.decode(first)
  const whole = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return utf8.decode(whole)
}

const utf8 = new TextDecoder()
