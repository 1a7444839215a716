/** What went wrong with a connection, from the codes of the system. */

import { ConnectionError, type ConnectionReason } from '../errors/connection-error.ts'

const reasons: ReadonlyMap<string, ConnectionReason> = new Map([
  ['ECONNREFUSED', 'refused'],
  ['ENOTFOUND', 'dns'],
  ['EAI_AGAIN', 'dns'],
  ['ECONNRESET', 'reset'],
  ['EPIPE', 'reset'],
  ['UND_ERR_SOCKET', 'reset'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['ETIMEDOUT', 'unreachable'],
])

const says: Record<ConnectionReason, string> = {
  refused: 'refused the connection; is the server running?',
  dns: 'has no address that could be found; check the name.',
  tls: 'has a certificate that is not trusted; add its authority with NODE_EXTRA_CA_CERTS.',
  reset: 'closed the connection before the answer was complete.',
  proxy: 'cannot be reached through the proxy.',
  unreachable: 'cannot be reached.',
}

/** @param url only its host is told: the rest may hold secrets */
export function connectionFault(cause: unknown, url: string): ConnectionError {
  const code = codeOf(cause)
  const reason = reasonOf(code) ?? 'reset'
  return new ConnectionError(`${hostOf(url)} ${says[reason]}${code ? ` (${code})` : ''}`, { reason, cause })
}

/** What a code of the system means for a connection; undefined for codes of something else. */
export function reasonOf(code: string): ConnectionReason | undefined {
  return isTls(code) ? 'tls' : reasons.get(code)
}

/** The first code down the chain of causes; empty where there is none. */
export function codeOf(error: unknown): string {
  for (let at = error, depth = 0; typeof at === 'object' && at !== null && depth < 5; depth += 1) {
    if ('code' in at && typeof at.code === 'string') return at.code
    at = 'cause' in at ? at.cause : undefined
  }
  return ''
}

function isTls(code: string): boolean {
  return /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_VERIFY|EPROTO/.test(code)
}

export function hostOf(url: string): string {
  return URL.parse(url)?.host ?? 'The server'
}
