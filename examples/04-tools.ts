/** A tool by hand: the registry gives the definitions, runs the calls and makes the tool messages. */

import { type Message, tool, toolRegistry } from 'pawl'
import { z } from 'zod'
import { chooseModel } from './app/choose-model.ts'

const { client, id, close } = await chooseModel()
const registry = toolRegistry([
  tool({
    name: 'product_stock',
    description: 'How many pieces of a product are in stock',
    parameters: z.object({ sku: z.string().describe('product sku, such as P-104') }),
    execute: ({ sku }) => ({ sku, stock: 54 }),
  }),
])

const messages: Message[] = [{ role: 'user', content: 'What is the stock of P-104?' }]
const tools = await registry.definitions()
const first = await client.chat.completions.create({ model: id, messages, tools })
const asked = first.choices[0]?.message
if (asked?.tool_calls) {
  const results = await registry.executeAll(asked.tool_calls)
  messages.push({ role: 'assistant', tool_calls: asked.tool_calls }, ...results.map((result) => result.message))
  const second = await client.chat.completions.create({ model: id, messages, tools })
  console.log(second.choices[0]?.message.content)
}

await close()
