import { type IncomingMessage, request } from 'node:http'
import { Duplex } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { headersOf } from '../../src/transport/http/response-head.ts'
import { ResponseReader } from '../../src/transport/http/response-reader.ts'
import { cut, cuts, type Described, described, hasBody, written } from './answers.ts'

interface Read {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: string
  readonly complete: boolean
}

/** What our reader takes from these pieces, and then the end of the connection; undefined where it refuses them. */
function read(pieces: readonly Buffer[]): (Read & { overrun: boolean }) | undefined {
  const { refused, ...taken } = readUntilDamage(pieces)
  return refused ? undefined : taken
}

/** The same, with what it takes before it refuses the rest. */
function readUntilDamage(pieces: readonly Buffer[]): Read & { overrun: boolean; refused: boolean } {
  const reader = new ResponseReader()
  const body: Buffer[] = []
  let refused = false
  try {
    for (const piece of pieces)
      if (!reader.complete && !reader.damage && piece.length > 0) body.push(reader.push(shared(piece)))
  } catch {
    refused = true
  }
  refused ||= reader.damage !== undefined
  if (!refused) reader.close()
  const { complete, overrun, head: { status, fields } = { status: 0, fields: [] } } = reader
  return {
    status,
    headers: headersOf(fields),
    body: Buffer.concat(body).toString('latin1'),
    complete,
    overrun,
    refused,
  }
}

const buffer = Buffer.alloc(64 * 1024)

/** Read into one place again and again, as bytes of a socket are. */
function shared(piece: Buffer): Buffer {
  buffer.fill(0)
  piece.copy(buffer)
  return buffer.subarray(0, piece.length)
}

/** What the parser of Node takes from these bytes and the end of the connection; undefined where it refuses them. */
function nodeReads(bytes: Buffer): Promise<Read | undefined> {
  const socket = new Duplex({ read() {}, write: (_, __, done) => done() })
  return new Promise((resolve) => {
    const sent = request({ createConnection: () => socket, method: 'POST' })
    let incoming: IncomingMessage | undefined
    let failed = false
    const body: Buffer[] = []
    const over = () => {
      if (!incoming || failed) return resolve(undefined)
      const { statusCode: status = 0, headers, complete } = incoming
      resolve({ status, headers: headers as Read['headers'], body: Buffer.concat(body).toString('latin1'), complete })
    }
    // Bytes behind the end are an error of their own.
    sent.on('error', () => {
      failed ||= !incoming?.complete
      if (!incoming) over()
    })
    sent.on('response', (response) => {
      incoming = response
      response.on('data', (piece) => body.push(piece))
      response.on('error', () => {
        failed = true
      })
      response.on('close', over)
    })
    sent.end()
    socket.push(bytes)
    socket.push(null)
  })
}

const bodyOf = (answer: Described) => (hasBody(answer) ? answer.body.toString('latin1') : '')

describe('an answer', () => {
  test('is read as it was written, wherever it is cut', () => {
    fc.assert(
      fc.property(described, cuts, (answer, places) => {
        const bytes = written(answer)
        const whole = read([bytes])
        expect(whole).toMatchObject({ status: answer.status, body: bodyOf(answer), complete: true, overrun: false })
        for (const [name, text] of answer.headers)
          expect(whole?.headers[name]?.split(', ')).toContain(text.split(', ')[0])
        expect(read(cut(bytes, places))).toEqual(whole)
      }),
    )
  })

  test('without its last bytes is not complete', () => {
    fc.assert(
      fc.property(described, fc.nat(), (answer, less) => {
        const bytes = written(answer)
        const before = read([bytes.subarray(0, bytes.length - 1 - (less % bytes.length))])
        if (before?.status === answer.status && answer.frame.kind === 'until close' && hasBody(answer)) return
        expect(before?.complete).toBe(false)
      }),
      { numRuns: 10_000 },
    )
  })

  test('is known from what follows it', () => {
    fc.assert(
      fc.property(described, fc.uint8Array({ minLength: 1, maxLength: 9 }), (answer, more) => {
        fc.pre(answer.frame.kind !== 'until close' || !hasBody(answer))
        expect(read([Buffer.concat([written(answer), more])])).toMatchObject({
          body: bodyOf(answer),
          complete: true,
          overrun: true,
        })
      }),
      { numRuns: 10_000 },
    )
  })

  test('with damaged frames is given as far as they are whole, wherever it is cut', () => {
    fc.assert(
      fc.property(chunked, cuts, fc.nat(), (answer, places, choice) => {
        const bytes = written(answer)
        const frames = framesOf(bytes)
        const { at, before } = frames[choice % frames.length] ?? { at: 0, before: '' }
        bytes[at] = '!'.charCodeAt(0)
        const whole = readUntilDamage([bytes])
        expect(whole).toMatchObject({ status: answer.status, body: before, complete: false, refused: true })
        expect(readUntilDamage(cut(bytes, places))).toEqual(whole)
      }),
    )
  })

  test('is read as Node reads it, and nothing is taken that Node refuses', async () => {
    const byte = fc.oneof(fc.constantFrom(...Buffer.from('\0\t\r\n :;,=0aF"')), fc.nat(255))
    const change = fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.integer({ min: 0, max: 2 }), byte)
    await fc.assert(
      fc.asyncProperty(described, oddLine, fc.array(change, { maxLength: 2 }), async (answer, odd, changes) => {
        let bytes = written({ ...answer, headers: distinct(answer) })
        if (odd !== undefined) bytes = withLine(bytes, odd)
        for (const [share, take, put] of changes) {
          const at = Math.floor(share * bytes.length)
          bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([put]), bytes.subarray(at + take)])
        }
        const ours = read([bytes])
        if (!ours?.complete) return
        const { overrun: _, ...taken } = ours
        expect(await nodeReads(bytes)).toEqual(taken)
      }),
      { numRuns: 10_000 },
    )
  })
})

const chunked = described.filter((answer) => answer.frame.kind === 'chunked' && hasBody(answer))

/** The places of a chunked answer where a size begins or its data ends, and the data that stands before each. */
function framesOf(bytes: Buffer): { readonly at: number; readonly before: string }[] {
  const text = bytes.toString('latin1')
  const frames: { at: number; before: string }[] = []
  let before = ''
  for (let at = text.indexOf('\r\n\r\n', text.lastIndexOf('HTTP/1.1 ')) + 4, size = 1; size > 0; at += 2) {
    frames.push({ at, before })
    const [line = '', digits = ''] = /^(\w+)[^\r]*\r\n/.exec(text.slice(at)) ?? []
    size = Number.parseInt(digits, 16)
    before += text.slice(at + line.length, at + line.length + size)
    at += line.length + size
    if (size > 0) frames.push({ at, before })
  }
  return frames
}

/** Lines with which one reader of HTTP was led to see an end where another saw none. */
const odd = [
  'content-length: 3',
  'content-length: +3',
  'content-length: 0x3',
  'content-length: 3, 3',
  'content-length: 3 3',
  'content-length:',
  'content-length: -1',
  'content-length : 3',
  'content length: 3',
  'transfer-encoding: chunked',
  'transfer-encoding : chunked',
  'transfer-encoding: gzip, chunked',
  'transfer-encoding: chunked, chunked',
  'transfer-encoding: xchunked',
  'transfer-encoding: identity',
  'transfer-encoding:',
  'transfer-encoding: Chunked',
  ' folded: line',
  '\tfolded',
  'no colon',
  ': no name',
  'x-end: a\rb',
  'x-end: a\nb: c',
  'x-end: \0',
  'x-end: \x7f',
  'upgrade: websocket',
  'connection: close',
  'connection: upgrade',
]

const oddLine = fc.option(fc.constantFrom(...odd), { nil: undefined })

/** Behind the first line of the last head. */
function withLine(bytes: Buffer, line: string): Buffer {
  const text = bytes.toString('latin1')
  const at = text.indexOf('\r\n', text.lastIndexOf('HTTP/1.1 '))
  return Buffer.from(`${text.slice(0, at)}\r\n${line}${text.slice(at)}`, 'latin1')
}

test.each(odd.filter((line) => !/^(connection|upgrade)|^content-length: 3$|: chunked$/i.test(line)))(
  'a head with %j is refused',
  (line) => {
    const bytes = withLine(Buffer.from('HTTP/1.1 200 OK\r\n\r\nabc'), line)
    expect(read([bytes])).toBeUndefined()
  },
)

test.each([
  ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
  ['another version', 'HTTP/2.0 200 OK\r\n\r\n'],
  ['a status of two digits', 'HTTP/1.1 20 OK\r\n\r\n'],
  ['an upgrade', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
  ['both ways to tell an end', 'HTTP/1.1 200 OK\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['chunks in HTTP/1.0', 'HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['lengths that differ', 'HTTP/1.1 200 OK\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nabc'],
  ['headers without an end', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(70_000)}`],
  ...['', 'x', '-1', '+1', ' 1', '1 ', '0x1', '1g', 'fffffffffffffffff', '1;a\0', '1\n', '1\r'].map((size) => [
    `the size ${JSON.stringify(size)}`,
    `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${size}\r\na\r\n0\r\n\r\n`,
  ]),
  ['data longer than said', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n'],
  ['a size without an end', `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1;${'x'.repeat(20_000)}`],
  ['zeros without an end', `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${'0'.repeat(20_000)}`],
  ['trailers without an end', `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n${'x: y\r\n'.repeat(4000)}`],
])('%s is refused', (_, text) => {
  const pieces = cut(Buffer.from(text), [0.3, 0.6])
  expect(read(pieces)).toBeUndefined()
})

/** Node and we join the values of a name that is said twice in different ways. */
function distinct({ headers }: Described): Described['headers'] {
  return [...new Map(headers)]
}
