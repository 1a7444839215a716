/** Which transport carries the requests of a client. */

import { fetchTransport } from './fetch.ts'
import { nodeTransport } from './node.ts'
import type { Transport } from './transport.ts'

/**
 * An injected `fetch` always; else sockets on Node, and the runtime's own `fetch` elsewhere. Told at run time: Node's
 * modules are asked for by `process.getBuiltinModule`, so that a bundler for a browser sees none of them.
 */
export function chooseTransport(fetch: typeof globalThis.fetch | undefined): Transport {
  if (fetch) return fetchTransport(fetch)
  if (isNode()) return nodeTransport
  return fetchTransport((input, init) => globalThis.fetch(input, init))
}

/** Bun and Deno name themselves as Node too, and are quicker with their own `fetch`. */
function isNode(): boolean {
  return (
    typeof process === 'object' &&
    typeof process.getBuiltinModule === 'function' &&
    process.release?.name === 'node' &&
    !('Bun' in globalThis) &&
    !('Deno' in globalThis)
  )
}
