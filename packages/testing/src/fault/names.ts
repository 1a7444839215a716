/** Faults by name, so that a script of a server reads as a list of words. */

import { says } from '../script/turns.ts'
import { answering } from './answering.ts'
import type { Ending, Reply } from './reply.ts'
import type { ReceivedRequest } from './request-reader.ts'

interface Words {
  /** after `@`: bytes of the body */
  readonly at: number | undefined
  /** after `:` */
  readonly argument: string | undefined
  readonly request: ReceivedRequest
  readonly number: number
}

/**
 * What each name means. `@N` counts bytes of the body; where it may be left out, nothing at all is sent, not even a
 * status. A header is added by `;name=value`: `status:429;retry-after=1`.
 */
export const faults: Readonly<Record<string, { readonly what: string; readonly reply: (words: Words) => Reply }>> = {
  ok: { what: 'a whole answer: a completion, or a stream when one is asked for', reply: (words) => good(words) },
  stall: { what: 'stall, stall@N: silence', reply: (words) => broken(words, 'stall') },
  cut: { what: 'cut, cut@N: the connection is closed in the middle', reply: (words) => broken(words, 'cut') },
  reset: { what: 'reset, reset@N: the connection is reset', reply: (words) => broken(words, 'reset') },
  end: {
    what: 'end@N: the body ends early, its frame is whole',
    reply: (words) => good(words, { until: words.at ?? 0 }),
  },
  pieces: {
    what: 'pieces:N: N bytes a packet',
    reply: (words) => good(words, { pieces: Number(words.argument ?? 1) }),
  },
  slow: {
    what: 'slow:MS: 16 bytes, then so many milliseconds',
    reply: (words) => good(words, { pieces: 16, pause: Number(words.argument ?? 1) }),
  },
  status: {
    what: 'status:CODE: an error of the server, as JSON',
    reply: ({ argument }) => ({ status: Number(argument ?? 500), body: errorBody(Number(argument ?? 500)) }),
  },
  quota: {
    what: 'status 429 with the code insufficient_quota',
    reply: () => ({ status: 429, body: errorBody(429, 'insufficient_quota') }),
  },
  html: {
    what: 'html, html:CODE: a page of a gateway',
    reply: ({ argument }) => ({
      status: Number(argument ?? 200),
      headers: { 'content-type': 'text/html' },
      body: '<!doctype html><title>Gateway</title><h1>Please sign in</h1>',
    }),
  },
  envelope: { what: 'status 200 with an error as JSON', reply: () => ({ body: errorBody(500) }) },
  empty: { what: 'status 200 with nothing', reply: () => ({ body: '' }) },
  redirect: {
    what: 'redirect, redirect:CODE: to another origin, unless ;location=URL says otherwise',
    reply: ({ argument }) => ({
      status: Number(argument ?? 307),
      headers: { location: 'http://elsewhere.invalid/v1/chat/completions' },
    }),
  },
  garbage: { what: 'bytes that are not HTTP', reply: () => ({ raw: 'SSH-2.0-OpenSSH_9.6\r\n\r\n', ending: 'cut' }) },
  endless: {
    what: 'endless, endless:CODE: a body without an end',
    reply: ({ argument }) => ({ status: Number(argument ?? 200), body: forever('x'.repeat(16_384)) }),
  },
  comments: {
    what: 'comments, comments:MS: a stream of comments and nothing else, so many milliseconds apart',
    reply: ({ argument }) => ({
      headers: { 'content-type': 'text/event-stream' },
      body: forever(': still here\n\n'),
      pause: Number(argument ?? 5),
    }),
  },
}

/** @throws Error when the name is not in the table */
export function checkName(name: string): void {
  const kind = partsOf(name).kind
  if (Object.hasOwn(faults, kind)) return
  throw new Error(`No fault is named "${name}"; there are ${Object.keys(faults).join(', ')}.`)
}

/** @throws Error when the name is not in the table */
export function replyNamed(name: string, request: ReceivedRequest, number: number): Reply {
  checkName(name)
  const { kind, at, argument, headers } = partsOf(name)
  const reply = faults[kind]?.reply({ at, argument, request, number })
  return { ...reply, headers: { ...reply?.headers, ...headers } }
}

function partsOf(name: string) {
  const [word = '', ...fields] = name.split(';')
  const [, kind = '', at, argument] = /^([a-z]+)(?:@(\d+))?(?::(.+))?$/.exec(word) ?? []
  const headers = Object.fromEntries(
    fields.map((field) => [field.slice(0, field.indexOf('=')), field.slice(field.indexOf('=') + 1)]),
  )
  return { kind, at: at === undefined ? undefined : Number(at), argument, headers }
}

function good({ request, number }: Words, changes: Reply = {}): Reply {
  return answering(says('Take a coat.'), changes)(request, number)
}

function broken(words: Words, ending: Ending): Reply {
  return words.at === undefined ? { raw: '', ending } : good(words, { until: words.at, ending })
}

function errorBody(status: number, code: string | null = null): string {
  const type = status === 429 ? 'rate_limit_error' : status >= 500 ? 'server_error' : 'invalid_request_error'
  return JSON.stringify({ error: { message: `Scripted fault ${status}.`, type, param: null, code } })
}

function* forever(text: string): Generator<string> {
  for (;;) yield text
}
