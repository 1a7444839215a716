/**
 * `#runtime` where packages are resolved for Node: its sockets. Everybody else gets `built-in.ts`, so that a bundle for
 * a browser holds nothing of Node.
 */

import { transportOf as fetching } from './built-in.ts'
import { followRedirects } from './follow-redirects.ts'
import { nodeTransport } from './node.ts'
import type { Transport } from './transport.ts'

export function transportOf(fetch: typeof globalThis.fetch | undefined, redirects: boolean): Transport {
  if (fetch || !isNode()) return fetching(fetch, redirects)
  return redirects ? followRedirects(nodeTransport) : nodeTransport
}

/** Bun and Deno resolve and name themselves as Node too, and are quicker with their own `fetch`. */
function isNode(): boolean {
  return (
    typeof process === 'object' &&
    typeof process.getBuiltinModule === 'function' &&
    process.release?.name === 'node' &&
    !('Bun' in globalThis) &&
    !('Deno' in globalThis)
  )
}
