/** 1.3 of the catalogue, first part: silence, cuts and errors of a stream. */

import type { Scenario } from './scenario.ts'
import { a, chunk, coat, raw, stop, streamed, take, told, usage, whole, words } from './wire.ts'

const good = { text: 'Take a coat.', finish: 'stop' }
const streams = ['streamRaw', 'stream'] as const
const idle = { timeout: { idle: 250, first: 250 } }
const truncated = { error: 'ProtocolError', reason: 'truncated' }
const fault = { message: 'The engine is busy.', type: 'server_error', code: 'busy' }

export const stalls: readonly Scenario[] = [
  {
    id: 'F30',
    what: 'silence before headers',
    script: 'stall',
    client: { timeout: { connect: 1_000, headers: 250 } },
    ends: { error: 'TimeoutError', phase: 'headers', retryable: true },
    requests: 1,
  },
  {
    id: 'F31',
    what: 'headers, then silence',
    script: 'stall@0',
    client: idle,
    ends: { error: 'TimeoutError', phase: 'idle', retryable: true },
    requests: 1,
  },
  {
    id: 'F32',
    what: 'silence after some events',
    script: streamed([take, a], { done: false, ending: 'stall' }),
    calls: streams,
    client: idle,
    ends: { error: 'TimeoutError', phase: 'idle', retryable: true, partial: 'Take a' },
    requests: 1,
  },
  {
    id: 'F32',
    what: 'silence, and the limit told by the call',
    script: streamed([take, a], { done: false, ending: 'stall' }),
    calls: streams,
    options: { idleTimeout: 250 },
    ends: { error: 'TimeoutError', phase: 'idle', partial: 'Take a' },
    requests: 1,
  },
  {
    id: 'F33',
    what: 'comments for ever',
    script: 'comments:5',
    calls: streams,
    client: idle,
    ends: { error: 'TimeoutError', phase: 'idle', retryable: true },
    requests: 1,
  },
  {
    id: 'F34',
    what: '[DONE], and the socket stays open',
    script: streamed(whole, { ending: 'stall' }),
    calls: streams,
    client: { timeout: { idle: 1_000 } },
    ends: good,
    requests: 1,
  },
  {
    id: 'F35',
    what: 'the end, no finish reason',
    script: streamed(words, { done: false }),
    calls: streams,
    ends: { ...truncated, partial: 'Take a coat.' },
    requests: 1,
  },
  {
    id: 'F36',
    what: '[DONE], no finish reason',
    script: streamed(words),
    calls: streams,
    ends: { ...truncated, partial: 'Take a coat.' },
    requests: 1,
  },
  {
    id: 'F37',
    what: 'a finish reason, no [DONE]',
    script: streamed(whole, { done: false }),
    calls: streams,
    ends: good,
    requests: 1,
  },
  {
    id: 'F38',
    what: 'a cut inside an event',
    script: streamed([...words, '{"id":"chatcmpl-1","choi'], { done: false, until: 460 }),
    calls: streams,
    ends: truncated,
    requests: 1,
  },
  {
    id: 'F39',
    what: 'a cut inside a character, then more',
    script: streamed([chunk({ content: 'Zürich 🌧 日本' }), stop], { pieces: 1 }),
    calls: streams,
    ends: { text: 'Zürich 🌧 日本' },
    requests: 1,
  },
  {
    id: 'F40',
    what: 'the end inside a character',
    script: streamed([take, chunk({ content: '🌧' })], { done: false, until: endInside('🌧') }),
    calls: streams,
    ends: { ...truncated, partial: 'Take' },
    requests: 1,
  },
  {
    id: 'F41',
    what: 'an error as an event',
    script: streamed([take, { error: fault }]),
    calls: streams,
    ends: { error: 'StreamError', server: fault, partial: 'Take' },
    requests: 1,
  },
  {
    id: 'F41',
    what: 'an error beside choices',
    script: streamed([take, { ...chunk({ content: '' }, 'error'), error: { ...fault, code: 502 } }]),
    calls: streams,
    ends: { error: 'StreamError', partial: 'Take' },
    requests: 1,
  },
  {
    id: 'F42',
    what: 'an event named error',
    script: raw(`data: ${JSON.stringify(take)}\n\nevent: error\ndata: ${JSON.stringify(fault)}\n\n`),
    calls: streams,
    ends: { error: 'StreamError', server: { message: fault.message }, partial: 'Take' },
    requests: 1,
  },
  {
    id: 'F43',
    what: 'finish reason "error" without details',
    script: streamed([take, chunk({}, 'error')]),
    calls: streams,
    ends: { error: 'StreamError', partial: 'Take' },
    requests: 1,
  },
  {
    id: 'F44',
    what: 'an event that is not JSON',
    script: streamed([take, '{"prompt":"canary-payload"', coat, stop]),
    calls: streams,
    ends: { error: 'ProtocolError', reason: 'malformed', partial: 'Take' },
    requests: 1,
  },
  {
    id: 'F57',
    what: 'usage early',
    script: streamed([
      chunk({ content: 'Take' }, null, { usage }),
      chunk({ content: ' a coat.' }, null, { usage: null }),
      stop,
    ]),
    calls: ['stream'],
    ends: { ...good, usage },
    requests: 1,
  },
  {
    id: 'F57',
    what: 'usage late',
    script: streamed([...whole, told]),
    calls: ['stream'],
    ends: { ...good, usage },
    requests: 1,
  },
  {
    id: 'F57',
    what: 'usage never',
    script: streamed(whole),
    calls: ['stream'],
    ends: { ...good, usage: (value: unknown) => value === undefined },
    requests: 1,
  },
]

/** The length of the stream up to the middle of this character. */
function endInside(character: string): number {
  const text = String(streamed([take, chunk({ content: character })], { done: false }).body)
  return Buffer.from(text.slice(0, text.indexOf(character))).length + 2
}
