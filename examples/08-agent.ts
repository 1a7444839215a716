/** An agent: tools, a loop, an answer; every event as it happens. */

import { agent, run } from 'pawl'
import { chooseModel } from './app/choose-model.ts'
import { openShop } from './shop/shop.ts'
import { lookUps } from './shop/tools.ts'

const { model, close } = await chooseModel()
const assistant = agent({
  name: 'shop-assistant',
  instructions: 'Answer from the data of the shop.',
  model,
  tools: lookUps(openShop()),
})

const running = run(assistant, 'Find the customer Lena Fischer and list her orders.')
for await (const event of running) {
  if (event.type === 'tool.done') console.error(`${event.callId} took ${event.ms} ms`)
  if (event.type === 'text.delta') process.stdout.write(event.delta)
}
const { steps, usage } = await running
console.log(`\n${steps} steps, ${usage.total_tokens} tokens`)

await close()
