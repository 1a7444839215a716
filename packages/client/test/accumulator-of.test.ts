import { accumulatorOf, createClient } from '@pawl/client'
import { expect, test } from 'vitest'

const chunk = (content: string, finish_reason: string | null = null) => ({
  id: 'c1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm',
  choices: [{ index: 0, delta: { content }, finish_reason }],
})

const body = [chunk('Hel'), chunk('lo', 'stop')].map((each) => `data: ${JSON.stringify(each)}\n\n`).join('')

const model = createClient({
  baseURL: 'http://model.test/v1',
  apiKey: 'k',
  fetch: async () => new Response(`${body}data: [DONE]\n\n`, { headers: { 'content-type': 'text/event-stream' } }),
}).model('m')

const request = { messages: [{ role: 'user' as const, content: 'Hi' }] }

test("the accumulator of a client's stream holds each chunk by the time it is given, and the whole at the end", async () => {
  const chunks = model.stream(request)
  const accumulator = accumulatorOf(chunks)
  const texts: unknown[] = []
  for await (const _ of chunks) texts.push(accumulator?.snapshot.choices[0]?.message.content)
  expect(texts).toEqual(['Hel', 'Hello'])
  expect(accumulator?.completion(true)).toEqual({
    id: 'c1',
    object: 'chat.completion',
    created: 1,
    model: 'm',
    choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
  })
})

test('chunks that no client made have no accumulator', () => {
  async function* wrapped() {
    yield* model.stream(request)
  }
  expect(accumulatorOf(wrapped())).toBeUndefined()
})
