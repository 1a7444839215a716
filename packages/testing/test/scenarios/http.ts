/** 1.2 of the catalogue: answers of HTTP. */

import { gzipSync } from 'node:zlib'
import { createClient } from '@pawl/client'
import type { Scenario } from './scenario.ts'
import { body, completion, streamed, whole } from './wire.ts'

const good = { text: 'Take a coat.' }
const once = { maxRetries: 1 }
const waited =
  (least: number, most = Number.POSITIVE_INFINITY) =>
  (waits: number[]) =>
    waits.length === 1 && waits.every((ms) => ms >= least && ms <= most)

const zipped = gzipSync(JSON.stringify(completion()))
const zippedStream = gzipSync(`${whole.map((value) => `data: ${JSON.stringify(value)}\n\n`).join('')}data: [DONE]\n\n`)
const gzip = { 'content-encoding': 'gzip' }
const gzipStream = { ...gzip, 'content-type': 'text/event-stream' }

/** For one server: a date in the headers has whole seconds; who comes sooner than told is sent away for good. */
function untilDate(): Scenario['script'] {
  let date = 0
  return (_, number) => {
    if (number > 1) return Date.now() >= date ? 'ok' : 'status:400'
    date = (Math.floor(Date.now() / 1000) + 2) * 1000
    return `status:429;retry-after=${new Date(date).toUTCString()}`
  }
}

const transient: readonly [string, number][] = [
  ['F12', 408],
  ['F13', 409],
  ['F20', 500],
  ['F20', 503],
  ['F20', 529],
]

export const http: readonly Scenario[] = [
  ...transient.map(
    ([id, status]): Scenario => ({
      id,
      what: `${status}, then an answer`,
      script: [`status:${status};retry-after-ms=1`, 'ok'],
      options: once,
      ends: good,
      requests: 2,
    }),
  ),
  {
    id: 'F14',
    what: '429 with retry-after in seconds',
    script: ['status:429;retry-after=1', 'ok'],
    calls: ['create', 'stream'],
    options: once,
    ends: { ...good, waits: waited(1_000) },
    requests: 2,
  },
  {
    id: 'F15',
    what: '429 with retry-after-ms',
    script: ['status:429;retry-after-ms=20;retry-after=30', 'ok'],
    options: once,
    ends: { ...good, waits: waited(20, 1_000) },
    requests: 2,
  },
  ...(['node', 'fetch'] as const).map(
    (transport): Scenario => ({
      id: 'F16',
      what: '429 with a date',
      script: untilDate(),
      transports: [transport],
      calls: ['create'],
      options: once,
      ends: { ...good, waits: waited(1_000) },
      requests: 2,
    }),
  ),
  ...['-5', 'soon', 'Thu, 01 Jan 1970 00:00:00 GMT'].map(
    (value): Scenario => ({
      id: 'F17',
      what: `retry-after: ${value}`,
      script: [`status:429;retry-after=${value}`, 'ok'],
      calls: ['create'],
      options: once,
      ends: { ...good, waits: waited(Number.MIN_VALUE, 10_000) },
      requests: 2,
    }),
  ),
  {
    id: 'F18',
    what: 'retry-after of an hour',
    script: 'status:429;retry-after=3600',
    options: { maxRetries: 2 },
    ends: { error: 'RateLimitError', status: 429, retryAfter: 3_600_000 },
    requests: 1,
  },
  {
    id: 'F19',
    what: '429 insufficient_quota',
    script: 'quota',
    options: { maxRetries: 2 },
    ends: { error: 'QuotaError', status: 429, retryable: false },
    requests: 1,
  },
  ...([503, 529] as const).map(
    (status): Scenario => ({
      id: 'F20',
      what: `${status} for good`,
      script: `status:${status};retry-after-ms=1`,
      options: once,
      ends: { error: 'OverloadedError', status, retryable: true, attempts: { length: 2 } },
      requests: 2,
    }),
  ),
  {
    id: 'F21',
    what: '502 with a page',
    script: 'html:502',
    ends: { error: 'ApiError', status: 502, retryable: true, message: (text: string) => !text.includes('sign in') },
    requests: 1,
  },
  {
    id: 'F22',
    what: '200 with a page',
    script: 'html',
    ends: { error: 'ProtocolError', reason: 'not_completion' },
    requests: 1,
  },
  {
    id: 'F23',
    what: '200 with an error as JSON',
    script: 'envelope',
    ends: { error: 'StreamError', server: { type: 'server_error', message: 'Scripted fault 500.' } },
    requests: 1,
  },
  {
    id: 'F24',
    what: '200 with nothing',
    script: 'empty',
    ends: { error: 'ProtocolError', reason: 'truncated' },
    requests: 1,
  },
  {
    id: 'F24',
    what: 'a stream with nothing',
    script: 'empty;content-type=text/event-stream',
    calls: ['streamRaw', 'stream'],
    ends: { error: 'ProtocolError', reason: 'truncated' },
    requests: 1,
  },
  ...([301, 302, 307, 308] as const).map(
    (status): Scenario => ({
      id: 'F25',
      what: `${status} to another origin`,
      script: `redirect:${status}`,
      options: { maxRetries: 2 },
      ends: { error: 'ProtocolError', reason: 'redirect' },
      requests: 1,
    }),
  ),
  {
    id: 'F26',
    what: 'gzip, whole',
    script: ({ body }) =>
      (body as { stream?: boolean }).stream
        ? { headers: gzipStream, body: zippedStream }
        : { headers: gzip, body: zipped },
    ends: good,
    requests: 1,
  },
  {
    id: 'F26',
    what: 'gzip, cut in the middle',
    script: { headers: gzip, body: zipped.subarray(0, 60) },
    calls: ['create'],
    ends: { error: 'ProtocolError', reason: 'truncated' },
    requests: 1,
  },
  {
    id: 'F26',
    what: 'gzip stream, cut in the middle',
    script: { headers: gzipStream, body: zippedStream.subarray(0, 100) },
    calls: ['streamRaw', 'stream'],
    ends: { error: 'ProtocolError', reason: 'truncated' },
    requests: 1,
  },
  {
    id: 'F26',
    what: 'gzip, damaged',
    script: { headers: gzip, body: Buffer.concat([zipped.subarray(0, 40), Buffer.alloc(60)]) },
    calls: ['create'],
    ends: { error: 'ProtocolError' },
    requests: 1,
  },
  {
    id: 'F27',
    what: 'an error body without an end',
    script: 'endless:500',
    ends: { error: 'ApiError', status: 500 },
    requests: 1,
  },
  {
    id: 'F27',
    what: 'an error body that stalls',
    script: { status: 500, body: '{"error":{"message":"x', until: 10, ending: 'stall' },
    client: { timeout: { total: 500 } },
    ends: { error: 'ApiError', status: 500 },
    requests: 1,
  },
  {
    id: 'F28',
    what: 'abort while it waits to retry',
    script: 'status:429;retry-after=30',
    options: { maxRetries: 2 },
    run: async ({ client, options }) => {
      const controller = new AbortController()
      const stopped = { ...options, signal: controller.signal, onRetry: () => controller.abort() }
      return await createClient(client).chat.completions.create(body, stopped)
    },
    ends: { error: 'AbortError' },
    requests: 1,
  },
  {
    id: 'F29',
    what: 'one layer retries, and lists its attempts',
    script: 'status:500;retry-after-ms=1',
    options: { maxRetries: 2 },
    ends: {
      error: 'ApiError',
      status: 500,
      attempts: (attempts: { number: number }[]) => attempts.map(({ number }) => number).join() === '1,2,3',
    },
    requests: 3,
  },
  {
    id: 'F29',
    what: 'a stream that a server finishes is asked for once',
    script: streamed(whole),
    calls: ['streamRaw', 'stream'],
    options: { maxRetries: 2 },
    ends: { ...good, waits: { length: 0 } },
    requests: 1,
  },
]
