import { createClient, isPawlError } from '@pawl/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ending, type FaultServer, faultServer } from '../src/index.ts'
import { body, completion, streamed, whole } from './scenarios/wire.ts'

const stream = String(streamed(whole).body)
const plain = JSON.stringify(completion())
const truth = 'Take a coat.'
/** The end of the event that carries the finish reason: from here on the answer is whole. */
const finished = stream.indexOf('"stop"') + '"stop"}]}'.length

let server: FaultServer

beforeAll(async () => {
  server = await faultServer({
    script: ({ headers, body }) => {
      const cut = { until: Number(headers['x-until']), ending: headers['x-ending'] as Ending }
      return (body as { stream?: boolean }).stream ? streamed(whole, cut) : { body: plain, ...cut }
    },
  })
})
afterAll(() => server.close())

const endings: readonly Ending[] = ['keep', 'cut', 'reset']

/** Every byte; a reset waits until its bytes have arrived, so every tenth. */
const stepOf = (ending: Ending) => (ending === 'reset' ? 10 : 1)

test.each(endings)('a stream cut anywhere is whole, or an error that holds its beginning (%s)', async (ending) => {
  const { completions } = createClient({ apiKey: 'k', baseURL: server.url, maxRetries: 0 }).chat
  for (let until = 0; until <= stream.length; until += stepOf(ending)) {
    const options = { headers: { 'x-until': `${until}`, 'x-ending': ending } }
    const calls = [
      completions.stream(body, options).finalText(),
      Array.fromAsync(completions.streamRaw(body, options), ({ choices }) => choices[0]?.delta.content ?? ''),
    ]
    for (const result of await Promise.allSettled(calls)) {
      if (result.status === 'fulfilled') {
        expect(Array.isArray(result.value) ? result.value.join('') : result.value).toBe(truth)
        expect(until).toBeGreaterThanOrEqual(finished)
      } else {
        expect(isPawlError(result.reason)).toBe(true)
        expect(truth.startsWith(result.reason.partial?.choices[0]?.message.content ?? '')).toBe(true)
      }
    }
  }
})

test.each(endings)('a plain answer cut anywhere is an error (%s)', async (ending) => {
  const { completions } = createClient({ apiKey: 'k', baseURL: server.url, maxRetries: 0 }).chat
  for (let until = 0; until < plain.length; until += stepOf(ending)) {
    const options = { headers: { 'x-until': `${until}`, 'x-ending': ending } }
    const error = await completions.create(body, options).catch((reason: unknown) => reason)
    expect(isPawlError(error)).toBe(true)
  }
})
