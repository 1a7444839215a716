import { expect, test } from 'vitest'
import { type CallOptions, type Completions, createClient } from '../src/index.ts'
import { chunk, sendEvents, serve } from './server.ts'

const body = { model: 'm', messages: [{ role: 'user' as const, content: 'Hi' }] }
const chunks = [chunk({ role: 'assistant', content: 'He' }), chunk({ content: 'llo' }), chunk({}, 'stop')]

type Early = (completions: Completions, stop: AbortController, options: CallOptions) => Promise<unknown>

const early: [string, Early][] = [
  [
    'a listener throws',
    (completions, _, options) => {
      const stream = completions.stream(body, options)
      stream.on('content.delta', () => {
        throw new Error('of the listener')
      })
      return stream.finalText()
    },
  ],
  [
    'its reader leaves',
    async (completions, _, options) => {
      for await (const __ of completions.streamRaw(body, options)) break
    },
  ],
  [
    'it is aborted and nobody reads on',
    async (completions, _, options) => {
      const stream = completions.stream(body, options)
      await stream[Symbol.asyncIterator]().next()
      stream.abort()
    },
  ],
  [
    'the signal fires and nobody reads on',
    async (completions, stop, options) => {
      await completions.streamRaw(body, options)[Symbol.asyncIterator]().next()
      stop.abort()
    },
  ],
  [
    'the signal fires before it is read',
    async (completions, stop, options) => {
      await completions.create({ ...body, stream: true }, options)
      stop.abort()
    },
  ],
]

test.each(early)('a stream lets the next request in when %s', async (_, ends) => {
  await using server = await serve((__, response) => sendEvents(response, chunks))
  const { completions } = createClient({ baseURL: server.url, apiKey: 'k', limits: { concurrency: 1 } }).chat
  const stop = new AbortController()
  await ends(completions, stop, { signal: stop.signal }).catch(() => {})
  expect(await completions.stream(body, { timeout: 5000 }).finalText()).toBe('Hello')
})
