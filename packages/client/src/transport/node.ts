/**
 * The transport of Node: HTTP/1.1 over its sockets, opened at first use and kept. It takes less than half of the CPU of
 * `node:http`. Proxies, and what watches or fakes requests, come in by `fetch`.
 */

import { exchange } from './http/exchange.ts'
import { placeOf } from './http/place.ts'
import { requestHead } from './http/request-head.ts'
import type { Transport } from './transport.ts'

export const nodeTransport: Transport = (request, watch) => {
  const { method, url, headers, body } = request
  const { path, authority, kept } = placeOf(url, headers['host'])
  return exchange(kept, requestHead(method, path, authority, headers, body), request, watch)
}
