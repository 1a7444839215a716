/** A reply as the byte strings that go on the socket, one write each. Pure. */

import type { Reply } from './reply.ts'

const encoder = new TextEncoder()

/** In the order of sending; endless where the body is. A chunked body has one chunk a write. */
export function* writesOf(reply: Reply): Generator<Uint8Array> {
  if (reply.raw !== undefined) {
    yield* slices(toBytes(reply.raw), reply.pieces)
    return
  }
  const { body = '', pieces, until = Number.POSITIVE_INFINITY } = reply
  const listed = typeof body !== 'string' && !(body instanceof Uint8Array)
  const { framing = listed ? 'chunked' : 'length' } = reply
  const whole = listed ? undefined : toBytes(body)
  yield encoder.encode(head(reply, framing, whole?.length ?? 0))
  let left = until
  for (const part of listed ? body : [body]) {
    const bytes = toBytes(part).subarray(0, left)
    left -= bytes.length
    for (const slice of slices(bytes, pieces)) yield framing === 'chunked' ? chunk(slice) : slice
    if (left <= 0) break
  }
  if (framing === 'chunked' && endsFrame(reply)) yield encoder.encode('0\r\n\r\n')
}

function head({ status = 200, headers = {}, until, ending = 'keep' }: Reply, framing: string, length: number): string {
  const promised = ending === 'keep' || ending === 'close' ? Math.min(length, until ?? length) : length
  const fields = Object.entries({
    'content-type': 'application/json',
    ...(framing === 'length' && { 'content-length': `${promised}` }),
    ...(framing === 'chunked' && { 'transfer-encoding': 'chunked' }),
    ...(framing === 'close' && { connection: 'close' }),
    ...headers,
  })
  return `HTTP/1.1 ${status} Status\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
}

function endsFrame({ ending = 'keep', until }: Reply): boolean {
  return ending === 'keep' || ending === 'close' || (ending === 'reset' && until === undefined)
}

function chunk(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0) return bytes
  return Buffer.concat([encoder.encode(`${bytes.length.toString(16)}\r\n`), bytes, encoder.encode('\r\n')])
}

function* slices(bytes: Uint8Array, size = bytes.length): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

function toBytes(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? encoder.encode(text) : text
}
