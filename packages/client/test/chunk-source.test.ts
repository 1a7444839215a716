import { accumulatorOf, createClient, gather } from '@pawl/client'
import { describe, expect, test } from 'vitest'
import { inflowOf } from '../src/stream/chunk-source.ts'

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

async function* wrapped() {
  yield* model.stream(request)
}

test('chunks that no client made have no accumulator', () => {
  expect(accumulatorOf(wrapped())).toBeUndefined()
})

test('an inflow has without waiting what one read of the socket brought', async () => {
  const { here, more } = inflowOf(model.stream(request))
  expect(await more()).toBe(true)
  expect([...here].map(({ choices }) => choices[0]?.delta.content)).toEqual(['Hel', 'lo'])
  expect(await more()).toBe(false)
})

test('an inflow is the one reading of the stream', () => {
  const chunks = model.stream(request)
  inflowOf(chunks)
  expect(() => chunks[Symbol.asyncIterator]()).toThrow(expect.objectContaining({ code: 'already_read' }))
})

describe.each([
  ["a client's chunks", () => model.stream(request), [['Hel', 'Hello']]],
  ['any chunks', wrapped, [['Hel'], ['Hello']]],
])('%s gathered', (_, chunks, batches) => {
  test('are a completion that grows, and tell what they add', async () => {
    const added: string[] = []
    const { here, more, completion } = gather(chunks(), { content: (_choice, text) => added.push(text) })
    const seen: unknown[] = []
    while (await more()) seen.push(Array.from(here, ({ choices }) => choices[0]?.message.content))
    expect(seen).toEqual(batches)
    expect(added).toEqual(['Hel', 'lo'])
    expect(completion().choices).toEqual([
      { index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' },
    ])
  })
})
