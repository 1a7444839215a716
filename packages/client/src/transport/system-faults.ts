/** What an error of a `fetch` means, from the code of the system or the runtime that stands behind it. */

import { ProtocolError } from '../errors/protocol-error.ts'
import { TimeoutError, type TimeoutPhase } from '../errors/timeout-error.ts'
import { codeOf, connectionFault, reasonOf } from './connection-fault.ts'
import type { FetchFaults } from './fetch.ts'

export const systemFaults: FetchFaults = {
  request: (cause, url) => runtimeLimit(cause) ?? connectionFault(cause, url),

  body(cause, url) {
    const limit = runtimeLimit(cause)
    if (limit) return limit
    const code = codeOf(cause)
    if (code.startsWith('Z_') && code !== 'Z_BUF_ERROR')
      return new ProtocolError('malformed', 'The compressed body is damaged.', { cause })
    return reasonOf(code) !== undefined
      ? connectionFault(cause, url)
      : new ProtocolError('truncated', 'The body broke off before its end.', { cause })
  },
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
  const within = `a limit of the runtime (${runtime}), phase ${phase}`
  return phase && new TimeoutError(phase, Number.NaN, { within, raise: 'the limits of the fetch in use', cause })
}
