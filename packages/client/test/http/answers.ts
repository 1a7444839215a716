/** Answers of HTTP/1.1, described and written, for the tests of what reads them. */

import fc from 'fast-check'

export interface Described {
  readonly status: number
  /** names in lower case */
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Buffer
  readonly frame: Frame
  /** heads below 200 that come before */
  readonly announced: number
}

type Frame =
  | { readonly kind: 'counted' | 'until close' }
  | {
      readonly kind: 'chunked'
      readonly sizes: readonly number[]
      readonly extension: string
      readonly trailer: string
    }

const token = fc.stringMatching(/^x-[a-z0-9!#$%&'*+.^_`|~-]{1,8}$/)
const value = fc.stringMatching(/^([!-~\xa1-\xff]([ \t!-~\xa1-\xff]{0,10}[!-~\xa1-\xff])?)?$/)
const frame: fc.Arbitrary<Frame> = fc.oneof(
  fc.constant({ kind: 'counted' } as const),
  fc.constant({ kind: 'until close' } as const),
  fc.record({
    kind: fc.constant('chunked' as const),
    sizes: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
    extension: fc.constantFrom('', ';a', ';a=b', ';a="b c"'),
    trailer: fc.constantFrom('', 'x-end: 1\r\n', 'x-end: 1\r\nx-more:\r\n'),
  }),
)

export const described: fc.Arbitrary<Described> = fc.record({
  status: fc.constantFrom(200, 201, 400, 429, 500, 204, 304, 599),
  headers: fc.array(fc.tuple(token, value), { maxLength: 5 }),
  body: fc.uint8Array({ maxLength: 120 }).map((bytes) => Buffer.from(bytes)),
  frame,
  announced: fc.integer({ min: 0, max: 2 }),
})

/** Those that by their status have none. */
export function hasBody({ status }: Described): boolean {
  return status !== 204 && status !== 304
}

/** As a server writes it. */
export function written(answer: Described): Buffer {
  const { status, headers, body, frame, announced } = answer
  const lines = [`HTTP/1.1 ${status} Said so`, ...headers.map(([name, text]) => `${name}: ${text}`)]
  if (frame.kind === 'counted' && hasBody(answer)) lines.push(`Content-Length: ${body.length}`)
  if (frame.kind === 'chunked' && hasBody(answer)) lines.push('Transfer-Encoding: chunked')
  const before = 'HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n'.repeat(announced)
  const head = Buffer.from(`${before}${lines.join('\r\n')}\r\n\r\n`, 'latin1')
  return Buffer.concat(hasBody(answer) ? [head, ...framed(body, frame)] : [head])
}

function framed(body: Buffer, frame: Frame): Buffer[] {
  if (frame.kind !== 'chunked') return [body]
  const pieces: Buffer[] = []
  for (let at = 0, turn = 0; at < body.length; turn += 1) {
    const piece = body.subarray(at, at + (frame.sizes[turn % frame.sizes.length] ?? 1))
    const size = turn % 2 === 0 ? piece.length.toString(16) : `0${piece.length.toString(16).toUpperCase()}`
    pieces.push(Buffer.from(`${size}${frame.extension}\r\n`), piece, Buffer.from('\r\n'))
    at += piece.length
  }
  return [...pieces, Buffer.from(`0\r\n${frame.trailer}\r\n`)]
}

/** Cut at these places, each a share of the whole. */
export function cut(bytes: Buffer, shares: readonly number[]): Buffer[] {
  const places = [...shares.map((share) => Math.floor(share * bytes.length)), bytes.length].sort((a, b) => a - b)
  return places.map((place, at) => bytes.subarray(places[at - 1] ?? 0, place))
}

export const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 })
