/** The same, streamed: events with snapshots, then the whole completion. */

import { chooseModel } from './app/choose-model.ts'

const { client, id, close } = await chooseModel()

const stream = client.chat.completions.stream({
  model: id,
  messages: [{ role: 'user', content: 'Hello! What can you do?' }],
})
for await (const event of stream) {
  if (event.type === 'content.delta') process.stdout.write(event.delta)
}
const { choices, usage } = await stream.finalCompletion()
console.log(`\n${usage?.total_tokens} tokens, finish reason ${choices[0]?.finish_reason}`)

await close()
