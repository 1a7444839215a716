/** 1.1 of the catalogue: the connection. */

import { readFileSync } from 'node:fs'
import { createClient } from '@pawl/client'
import { blackhole } from './blackhole.ts'
import type { Scenario, Stage } from './scenario.ts'
import { a, body, completion, raw, streamed, take, whole } from './wire.ts'

const fixture = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8')
/** For 127.0.0.1, until 2126: `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500`. */
const selfSigned = { key: fixture('self-signed.key.pem'), cert: fixture('self-signed.cert.pem') }

const good = { text: 'Take a coat.' }
const few = (sockets: number) => sockets <= 2

async function intoTheHole({ client, options }: Stage): Promise<unknown> {
  await using hole = await blackhole()
  const { chat } = createClient({ ...client, baseURL: hole.url, timeout: { connect: 250, headers: 250 } })
  return await chat.completions.create(body, options)
}

export const connection: readonly Scenario[] = [
  {
    id: 'F01',
    what: 'connection refused',
    // A port that no system hands out by itself, and none of those that `fetch` refuses.
    client: { baseURL: 'http://127.0.0.1:65000/v1' },
    options: { maxRetries: 1 },
    ends: { error: 'ConnectionError', reason: 'refused', retryable: true, attempts: { length: 2 } },
    requests: 0,
  },
  {
    id: 'F02',
    what: 'a name that does not exist',
    // A label of more than 63 characters cannot exist, so that no name server is asked.
    client: { baseURL: `http://${'x'.repeat(64)}.invalid/v1` },
    ends: { error: 'ConnectionError', reason: 'dns', message: /x+\.invalid/ },
    requests: 0,
  },
  {
    id: 'F03',
    what: 'a certificate that nobody vouches for',
    tls: selfSigned,
    options: { maxRetries: 2 },
    ends: {
      error: 'ConnectionError',
      reason: 'tls',
      retryable: false,
      message: /NODE_EXTRA_CA_CERTS.*SELF_SIGNED/,
    },
    requests: 0,
  },
  {
    id: 'F04',
    what: 'RST before headers',
    script: ['reset', 'ok'],
    options: { maxRetries: 1 },
    ends: good,
    requests: 2,
  },
  { id: 'F04', what: 'FIN before headers', script: ['cut', 'ok'], options: { maxRetries: 1 }, ends: good, requests: 2 },
  {
    id: 'F04',
    what: 'RST before headers, again and again',
    script: 'reset',
    ends: { error: 'ConnectionError', reason: 'reset', retryable: true },
    requests: 1,
  },
  {
    id: 'F05',
    what: 'RST after some events',
    script: streamed([take, a], { done: false, until: 1e6, ending: 'reset' }),
    calls: ['streamRaw', 'stream'],
    ends: { error: 'ConnectionError', reason: 'reset', partial: 'Take a' },
    requests: 1,
  },
  {
    id: 'F05',
    what: 'RST inside a plain answer',
    script: 'reset@40',
    calls: ['create'],
    ends: { error: 'ConnectionError', reason: 'reset' },
    requests: 1,
  },
  {
    id: 'F06',
    what: 'stale keep-alive socket',
    // `fetch` does not tell whether a socket was kept.
    transports: ['node'],
    script: ['ok', 'reset', 'ok'],
    run: async ({ client, options }) => {
      const { chat } = createClient(client)
      await chat.completions.create(body, options)
      const { choices } = await chat.completions.create(body, options)
      return { text: choices[0]?.message.content }
    },
    ends: good,
    requests: 3,
  },
  {
    id: 'F06',
    what: 'a fresh socket that breaks is not retried for free',
    script: ['reset', 'ok'],
    ends: { error: 'ConnectionError', reason: 'reset' },
    requests: 1,
  },
  {
    id: 'F07',
    what: 'connect blackhole',
    transports: ['node'],
    run: (stage) => intoTheHole(stage),
    ends: { error: 'TimeoutError', phase: 'connect', retryable: true },
    requests: 0,
  },
  {
    id: 'F07',
    what: 'connect blackhole',
    // `fetch` does not tell when a connection stands, so both limits are one.
    transports: ['fetch'],
    run: (stage) => intoTheHole(stage),
    ends: { error: 'TimeoutError', phase: 'headers', retryable: true },
    requests: 0,
  },
  {
    id: 'F08',
    what: 'a limit of the runtime fires under ours',
    transports: ['fetch'],
    client: {
      fetch: async () => {
        throw new TypeError('fetch failed', {
          cause: Object.assign(new Error('Headers Timeout Error'), { code: 'UND_ERR_HEADERS_TIMEOUT' }),
        })
      },
    },
    calls: ['create', 'stream'],
    ends: { error: 'TimeoutError', phase: 'headers', message: /headers/ },
    requests: 0,
  },
  {
    id: 'F08',
    what: 'an answer that takes its time within ours',
    script: ['slow:5'],
    client: { timeout: { headers: 5_000, idle: 1_000 } },
    ends: good,
    requests: 1,
  },
  {
    id: 'F09',
    what: 'a proxy by an injected fetch',
    transports: ['fetch'],
    run: async ({ server, client, options }) => {
      const proxy: typeof fetch = (input, init) =>
        fetch(String(input).replace('http://api.invalid/v1', server.url), init)
      const { chat } = createClient({ ...client, baseURL: 'http://api.invalid/v1', fetch: proxy })
      const { choices } = await chat.completions.create(body, options)
      return { text: choices[0]?.message.content }
    },
    ends: good,
    requests: 1,
  },
  {
    id: 'F09',
    what: 'a proxy that drops a long stream',
    transports: ['fetch'],
    script: streamed([take, a], { done: false, ending: 'cut' }),
    calls: ['streamRaw', 'stream'],
    ends: { error: /^(?:ConnectionError|ProtocolError)$/, partial: 'Take a' },
    requests: 1,
  },
  {
    id: 'F10',
    what: 'a complete body, then RST',
    script: { body: JSON.stringify(completion()), ending: 'reset' },
    calls: ['create'],
    ends: good,
    requests: 1,
  },
  {
    id: 'F10',
    what: 'a complete stream, then RST',
    script: streamed(whole, { ending: 'reset' }),
    calls: ['streamRaw', 'stream'],
    ends: good,
    requests: 1,
  },
  {
    id: 'F11',
    what: 'twenty error bodies leave no sockets behind',
    script: ['status:400'],
    run: async ({ client, server, options }) => {
      const { chat } = createClient(client)
      for (let count = 0; count < 20; count++) await chat.completions.create(body, options).catch(() => {})
      return { sockets: server.connections.length, open: server.connections.filter(({ open }) => open).length }
    },
    ends: { sockets: few, open: few },
    requests: 20,
  },
  {
    id: 'F11',
    what: 'an error answer to a stream',
    script: raw('{"error":{"message":"No.","type":"t","param":null,"code":null}}', {
      status: 400,
      headers: { 'content-type': 'application/json' },
    }),
    calls: ['streamRaw', 'stream'],
    ends: { error: 'ApiError', status: 400, server: { message: 'No.' } },
    requests: 1,
  },
]
