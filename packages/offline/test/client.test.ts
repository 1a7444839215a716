import { createClient } from '@pawl/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OfflineServer, offlineModelId, offlineServer } from '../src/index.ts'

let server: OfflineServer
beforeAll(async () => {
  server = await offlineServer({ quiet: true })
})
afterAll(() => server.close())

const stock = {
  type: 'function' as const,
  function: {
    name: 'product_stock',
    description: 'Stock of a product',
    parameters: { type: 'object', properties: { sku: { type: 'string' } }, required: ['sku'] },
  },
}
const body = {
  model: offlineModelId,
  messages: [{ role: 'user' as const, content: 'What is in stock of P-104 and P-201?' }],
  tools: [stock],
}

test('our own client reads the same message from a stream as from a plain answer', async () => {
  const client = createClient({ baseURL: server.url, apiKey: 'offline' })
  const plain = await client.chat.completions.create(body)
  const streamed = await client.chat.completions.stream(body).finalMessage()
  expect(streamed.tool_calls).toEqual(plain.choices[0]?.message.tool_calls)
  expect(streamed.tool_calls).toHaveLength(2)
})

test('its errors arrive as the errors of the client', async () => {
  const client = createClient({ baseURL: server.url, apiKey: 'offline' })
  await expect(client.chat.completions.create({ ...body, model: 'gpt-5' })).rejects.toMatchObject({
    status: 404,
    server: { code: 'model_not_found' },
  })
})
