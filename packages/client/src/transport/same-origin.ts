import type { TransportResponse } from './transport.ts'

/** Where a redirect leads, if that is the same server and the body may go along. */
export function sameOrigin({ status, headers }: TransportResponse, from: string, method: string): string | undefined {
  const to = headers['location'] === undefined ? null : URL.parse(headers['location'], from)
  const keepsBody = method === 'GET' || status === 307 || status === 308
  return keepsBody && to && to.origin === new URL(from).origin ? to.href : undefined
}
