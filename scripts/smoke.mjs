// Runs in a project that has only the tarballs: an agent with a tool and a store against the offline server.

import assert from 'node:assert/strict'
import OpenAI from '@pawl/client/openai'
import { offlineModelId, offlineServer } from '@pawl/offline'
import { says, scriptedModel } from '@pawl/testing'
import { agent, createClient, extract, run, sqliteStore, tool } from 'pawl'
import { z } from 'zod'

const server = await offlineServer({ quiet: true })
const client = createClient({ baseURL: server.url, apiKey: 'offline' })
const stock = tool({
  name: 'product_stock',
  description: 'How many pieces of a product are in stock, by its sku',
  parameters: z.object({ sku: z.string().describe('product sku, such as P-104') }),
  execute: ({ sku }) => ({ sku, stock: 54 }),
})

const assistant = agent({ name: 'smoke', model: client.model(offlineModelId), tools: [stock] })
const result = await run(assistant, 'What is the stock of P-104?', { store: sqliteStore(':memory:') })
assert.equal(result.status, 'done')
assert.match(result.text, /54/)

const { value } = await extract(scriptedModel([says('{"total":12}')]), {
  schema: z.object({ total: z.number() }),
  prompt: 'Total: 12',
  mode: 'json_schema',
})
assert.deepEqual(value, { total: 12 })

const completion = await new OpenAI({ baseURL: server.url, apiKey: 'offline' }).chat.completions.create({
  model: offlineModelId,
  messages: [{ role: 'user', content: 'Hello' }],
})
assert.equal(completion.object, 'chat.completion')
await server.close()
