/** 1.3 of the catalogue, second part: the same stream in other bytes. */

import { type Reply, sse } from '../../src/index.ts'
import type { Scenario } from './scenario.ts'
import { chunk, coat, raw, stop, streamed, take, told, usage, whole, words } from './wire.ts'

const good = { text: 'Take a coat.', finish: 'stop' }
const streams = ['streamRaw', 'stream'] as const
const text = sse(whole)

const same: readonly [string, string, string][] = [
  ['F45', 'CRLF', text.replaceAll('\n', '\r\n')],
  ['F45', 'lone CR', text.replaceAll('\n', '\r')],
  ['F46', 'comments between events', text.replaceAll('data:', ': ping\n\n: PROCESSING\ndata:')],
  ['F47', 'no space after the colon', text.replaceAll('data: ', 'data:')],
  ['F48', 'a byte order mark', `\uFEFF${text}`],
  ['F49', 'several data lines an event', text.replaceAll(',"object"', ',\ndata: "object"')],
  ['F49', 'other fields, and events without data', `retry: 10\n\nid: 7\nevent: message\n${text}`],
  ['F52', 'a chunk without choices, and with null', sse([{ id: 'x', object: 'y' }, ...words, { choices: null }, stop])],
  ['F53', 'empty choices', sse([{ choices: [], prompt_filter_results: [] }, ...whole])],
  ['F54', 'a choice without delta', sse([...words, chunk(undefined), stop])],
  ['F55', 'finish reason "" in mid stream', sse([take, chunk({ content: ' a' }, ''), coat, stop])],
  ['F56', 'the finish twice', sse([...words, stop, stop])],
]

const endlessEvent: Iterable<string> = {
  *[Symbol.iterator]() {
    yield 'data: {"choices":[{"index":0,"delta":{"content":"'
    for (;;) yield 'x'.repeat(65_536)
  },
}

/** Each character, of ASCII, in a frame of its own, and all in as few packets as it takes. */
function inFrames(text: string): Reply {
  const head = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n'
  const frames = Buffer.alloc(text.length * 6, '1\r\n_\r\n')
  for (let at = 0; at < text.length; at++) frames[at * 6 + 3] = text.charCodeAt(at)
  return { raw: Buffer.concat([Buffer.from(head), frames, Buffer.from('0\r\n\r\n')]) }
}

export const framing: readonly Scenario[] = [
  ...same.flatMap(([id, what, bytes]): Scenario[] => [
    { id, what, script: raw(bytes), calls: streams, ends: good, requests: 1 },
    {
      id,
      what: `${what}, in pieces of 7 bytes`,
      script: raw(bytes, { pieces: 7 }),
      calls: ['stream'],
      ends: good,
      requests: 1,
    },
  ]),
  {
    id: 'F53',
    what: 'usage with empty choices',
    script: streamed([...whole, told]),
    calls: ['stream'],
    ends: { ...good, usage },
    requests: 1,
  },
  {
    id: 'F50',
    what: 'an event of 12 MiB',
    script: streamed([chunk({ content: 'x'.repeat(12 * 2 ** 20) }), stop]),
    calls: streams,
    ends: { text: (value: string) => value.length === 12 * 2 ** 20 },
    requests: 1,
  },
  {
    id: 'F50',
    what: 'an event without an end',
    script: raw(endlessEvent),
    calls: streams,
    client: { maxEventBytes: 2 ** 20 },
    ends: { error: 'ProtocolError', reason: 'oversize' },
    requests: 1,
  },
  {
    id: 'F51',
    what: 'an event of 1 MiB in frames of one byte',
    script: () => inFrames(sse([chunk({ content: 'x'.repeat(2 ** 20) }), stop])),
    calls: ['stream'],
    // `fetch` makes a promise of each frame, which says nothing of this client
    transports: ['node'],
    ends: { text: (value: string) => value.length === 2 ** 20 },
    requests: 1,
  },
  {
    id: 'F51',
    // a packet costs 30 µs on both sides together: 1 MiB of them would take half a minute
    what: 'an event in packets of one byte',
    script: streamed([chunk({ content: 'x'.repeat(1_000) }), stop], { pieces: 1 }),
    calls: ['stream'],
    ends: { text: (value: string) => value.length === 1_000 },
    requests: 1,
  },
]
