/** The transport of a runtime that has nothing quicker than a `fetch`. */

import { fetchTransport } from './fetch.ts'
import { followRedirects } from './follow-redirects.ts'
import { systemFaults } from './system-faults.ts'
import type { Transport } from './transport.ts'

/** @param fetch in place of the runtime's own @param redirects whether those that stay at the same server are followed */
export function transportOf(fetch: typeof globalThis.fetch | undefined, redirects: boolean): Transport {
  const transport = fetchTransport(systemFaults, fetch)
  return redirects ? followRedirects(transport) : transport
}
