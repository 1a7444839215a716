import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ServerSentEvent, sseParser } from '../src/stream/sse.ts'
import { referenceEvents } from './reference-parser.ts'

const utf8 = new TextEncoder()

/** The events of these bytes, pushed in pieces of the given sizes, the rest in one. */
function parse(bytes: Uint8Array, sizes: readonly number[] = [], maxEventBytes?: number): ServerSentEvent[] {
  const parser = sseParser(maxEventBytes)
  const events: ServerSentEvent[] = []
  const drain = () => {
    for (let event = parser.next(); event; event = parser.next()) events.push(event)
  }
  let at = 0
  for (const size of [...sizes, bytes.length]) {
    parser.push(bytes.subarray(at, at + size))
    at = Math.min(bytes.length, at + size)
    drain()
  }
  parser.end()
  drain()
  return events
}

const message = (data: string) => ({ event: 'message', data })

describe('server-sent events', () => {
  test.each([
    ['LF', 'data: a\n\ndata: b\n\n', [message('a'), message('b')]],
    ['CRLF', 'data: a\r\n\r\ndata: b\r\n\r\n', [message('a'), message('b')]],
    ['lone CR', 'data: a\r\rdata: b\r\r', [message('a'), message('b')]],
    ['no space after the colon', 'data:a\n\n', [message('a')]],
    ['only one space goes', 'data:  a\n\n', [message(' a')]],
    ['several data lines', 'data: a\ndata\ndata: b\n\n', [message('a\n\nb')]],
    ['a name, for one event', 'event: error\ndata: a\n\ndata: b\n\n', [{ event: 'error', data: 'a' }, message('b')]],
    ['comments and other fields', ': ping\nid: 1\nretry: 5\ndata: a\n\n: ping\n\n', [message('a')]],
    ['an event without data', 'event: x\n\ndata: a\n\n', [message('a')]],
    ['a byte order mark', '\uFEFFdata: a\n\n', [message('a')]],
    ['a second mark is text', '\uFEFF\uFEFFdata: a\n\ndata: b\n\n', [message('b')]],
    ['a mark at the start of a later line is text', 'data: a\n\n\uFEFFdata: b\n\n', [message('a')]],
    ['no blank line at the end', 'data: a\n\ndata: b\n', [message('a'), { ...message('b'), cut: true }]],
    ['no line end at the end', 'data: a\n\ndata: b', [message('a'), { ...message('b'), cut: true }]],
    ['nothing', '', []],
  ])('%s', (_, text, events) => {
    const bytes = utf8.encode(text)
    expect(parse(bytes)).toEqual(events)
    for (let at = 0; at <= bytes.length; at += 1) expect(parse(bytes, [at])).toEqual(events)
    expect(parse(bytes, Array(bytes.length).fill(1))).toEqual(events)
  })

  test('an event larger than allowed is refused before it is kept', () => {
    const parser = sseParser(1000)
    parser.push(utf8.encode(`data: ${'x'.repeat(900)}`))
    expect(() => parser.push(utf8.encode('x'.repeat(200)))).toThrow(
      expect.objectContaining({ code: 'protocol_error', reason: 'oversize' }),
    )
  })

  test('many data lines of one event count together', () => {
    const parser = sseParser(1000)
    parser.push(utf8.encode(`data: ${'x'.repeat(300)}\n`.repeat(5)))
    expect(() => parser.next()).toThrow(expect.objectContaining({ reason: 'oversize' }))
  })

  test('a mebibyte in pieces of one byte is one event', () => {
    const bytes = utf8.encode(`data: ${'x'.repeat(2 ** 20)}\n\n`)
    expect(parse(bytes, Array(bytes.length).fill(1))[0]?.data.length).toBe(2 ** 20)
  })
})

const line = fc.oneof(
  fc.constantFrom(
    'data: a',
    'data:b',
    'data',
    'data: ',
    'event: error',
    'event',
    ':ping',
    '',
    '',
    '',
    'id: 1',
    'data: ü🌧日',
  ),
  fc.string({ maxLength: 12 }).map((text) => `data: ${text.replaceAll(/[\r\n]/g, ' ')}`),
)
const ending = fc.constantFrom('\n', '\r\n', '\r')
const stream = fc
  .array(fc.tuple(line, ending), { maxLength: 14 })
  .map((lines) => lines.map((pair) => pair.join('')).join(''))
const sizes = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 })

test('Q01: any split gives the events of the reference parser', () => {
  fc.assert(
    fc.property(stream, sizes, (text, cuts) => {
      expect(parse(utf8.encode(text), cuts)).toEqual(referenceEvents(text))
    }),
    { numRuns: 10_000 },
  )
})

test('Q02: any bytes at all give events or a typed error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), sizes, (bytes, cuts) => {
      expect(parse(bytes, cuts)).toEqual(parse(bytes))
    }),
    { numRuns: 10_000 },
  )
})

test('Q03: any code points, cut anywhere, arrive as they were', () => {
  const text = fc
    .string({ unit: 'binary', maxLength: 30 })
    .map((value) => value.replaceAll(/[\r\n]/g, '').toWellFormed())
  fc.assert(
    fc.property(text, sizes, (value, cuts) => {
      expect(parse(utf8.encode(`data: ${value}\n\n`), cuts)).toEqual([message(value)])
    }),
    { numRuns: 10_000 },
  )
})
