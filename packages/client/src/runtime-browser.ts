/**
 * `#runtime` where packages are resolved for a browser. It reads one answer at a time, so that each chunk may be parsed by
 * itself; and its `fetch` tells no code, so that an error means what one without a code means everywhere.
 */

import { ConnectionError } from './errors/connection-error.ts'
import type { PawlError } from './errors/pawl-error.ts'
import { ProtocolError } from './errors/protocol-error.ts'

export function chunkTemplate(): undefined {}

export function requestFault(cause: unknown, url: string): PawlError {
  const host = URL.parse(url)?.host ?? 'The server'
  const message = `${host} closed the connection before the answer was complete.`
  return new ConnectionError(message, { reason: 'reset', cause })
}

export function bodyFault(cause: unknown): PawlError {
  return new ProtocolError('truncated', 'The body broke off before its end.', { cause })
}
