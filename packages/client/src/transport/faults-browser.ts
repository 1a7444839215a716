/** `#faults` where packages are resolved for a browser, whose `fetch` tells no code: what `faults.ts` makes of such an error. */

import { ConnectionError } from '../errors/connection-error.ts'
import type { PawlError } from '../errors/pawl-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'

export function requestFault(cause: unknown, url: string): PawlError {
  const host = URL.parse(url)?.host ?? 'The server'
  const message = `${host} closed the connection before the answer was complete.`
  return new ConnectionError(message, { reason: 'reset', cause })
}

export function bodyFault(cause: unknown): PawlError {
  return new ProtocolError('truncated', 'The body broke off before its end.', { cause })
}
