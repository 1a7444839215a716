/** The transport that a runtime brings: its own `fetch`. */

import { fetchTransport } from './fetch.ts'
import { systemFaults } from './system-faults.ts'
import type { Transport } from './transport.ts'

export function builtInTransport(): Transport {
  return fetchTransport(systemFaults)
}
