import { createClient } from '@pawl/client'
import { sse } from '@pawl/testing'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { responseFormat } from '../src/index.ts'

const schema = z.object({ tags: z.record(z.string(), z.number()), day: z.iso.date().transform((day) => new Date(day)) })
const chunk = (delta: object, finish_reason: string | null = null) => ({
  id: 'c',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm',
  choices: [{ index: 0, delta, finish_reason }],
})

test('the stream of the client has parsed snapshots, and the value at the end', async () => {
  const pieces = ['{"tags":[{"key":"a",', '"value":1}],"day":"2026', '-01-02"}']
  const body = sse([...pieces.map((content) => chunk({ content })), chunk({}, 'stop')])
  const headers = { 'content-type': 'text/event-stream' }
  const client = createClient({
    apiKey: 'none',
    baseURL: 'http://localhost/v1',
    fetch: async () => new Response(body, { headers }),
  })
  const stream = client.chat.completions.stream({
    model: 'm',
    messages: [{ role: 'user', content: 'x' }],
    response_format: responseFormat(schema),
  })
  const parsed: unknown[] = []
  for await (const event of stream) {
    if (event.type === 'content.delta' || event.type === 'content.done') parsed.push(structuredClone(event.parsed))
  }
  expect(parsed).toEqual([
    {},
    { tags: { a: 1 }, day: '2026' },
    { tags: { a: 1 }, day: '2026-01-02' },
    { tags: { a: 1 }, day: new Date('2026-01-02') },
  ])
})
