/** What an error of a `fetch` means, from the code of the system or the runtime that stands behind it. */

import type { PawlError } from '../errors/pawl-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import { TimeoutError, type TimeoutPhase } from '../errors/timeout-error.ts'
import { codeOf, connectionFault, reasonOf } from './connection-fault.ts'

/** No answer came. */
export function requestFault(cause: unknown, url: string): PawlError {
  return runtimeLimit(cause) ?? connectionFault(cause, url)
}

/** The body broke off. */
export function bodyFault(cause: unknown, url: string): PawlError {
  const limit = runtimeLimit(cause)
  if (limit) return limit
  const code = codeOf(cause)
  if (code.startsWith('Z_') && code !== 'Z_BUF_ERROR')
    return new ProtocolError('malformed', 'The compressed body is damaged.', { cause })
  return reasonOf(code) !== undefined
    ? connectionFault(cause, url)
    : new ProtocolError('truncated', 'The body broke off before its end.', { cause })
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
