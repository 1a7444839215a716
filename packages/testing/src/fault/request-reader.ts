/** Requests out of the bytes of one connection: just enough HTTP/1.1 for a client's requests. */

/** A request as it came in; names of headers are in lower case. */
export interface ReceivedRequest {
  readonly method: string
  /** with the query */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** the parsed JSON, or the text where it is none */
  readonly body: unknown
  readonly text: string
  /** which connection it came over, from 0 */
  readonly connection: number
}

/** Takes the bytes as they come and gives back the requests that are complete. */
export function requestReader(connection: number): (bytes: Uint8Array) => ReceivedRequest[] {
  let pieces: Uint8Array[] = []
  let size = 0
  /** bytes without which the next request cannot be whole, so that a long body is joined once */
  let needed = 0
  return (bytes) => {
    pieces.push(bytes)
    size += bytes.length
    if (size < needed) return []
    let rest = Buffer.concat(pieces)
    const requests: ReceivedRequest[] = []
    for (let taken = take(rest, connection); ; taken = take(rest, connection)) {
      if (typeof taken === 'number') {
        pieces = [rest]
        size = rest.length
        needed = taken
        return requests
      }
      requests.push(taken.request)
      rest = rest.subarray(taken.end)
    }
  }
}

/** The first request, or how many bytes it needs at least. */
function take(bytes: Buffer, connection: number): { request: ReceivedRequest; end: number } | number {
  const headEnd = bytes.indexOf('\r\n\r\n')
  if (headEnd < 0) return bytes.length + 1
  const [first = '', ...lines] = bytes.toString('latin1', 0, headEnd).split('\r\n')
  const [method = '', path = ''] = first.split(' ')
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    }),
  )
  const start = headEnd + 4
  const body =
    headers['transfer-encoding'] === 'chunked'
      ? takeChunked(bytes, start)
      : takeLength(bytes, start, Number(headers['content-length'] ?? 0))
  if (typeof body === 'number') return body
  return { request: { method, path, headers, body: parse(body.text), text: body.text, connection }, end: body.end }
}

function takeLength(bytes: Buffer, start: number, length: number): { text: string; end: number } | number {
  const end = start + length
  return bytes.length < end ? end : { text: bytes.toString('utf8', start, end), end }
}

function takeChunked(bytes: Buffer, start: number): { text: string; end: number } | number {
  const parts: Buffer[] = []
  for (let at = start; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at)
    if (lineEnd < 0) return bytes.length + 1
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16)
    const end = lineEnd + 2 + size
    if (bytes.length < end + 2) return end + 2
    if (size === 0) return { text: Buffer.concat(parts).toString('utf8'), end: end + 2 }
    parts.push(bytes.subarray(lineEnd + 2, end))
    at = end + 2
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
