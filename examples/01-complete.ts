/** One completion. */

import { chooseModel } from './app/choose-model.ts'

const { client, id, close } = await chooseModel()

const completion = await client.chat.completions.create({
  model: id,
  messages: [{ role: 'user', content: 'Hello! What can you do?' }],
})
console.log(completion.choices[0]?.message.content)
console.log(`${completion.usage?.total_tokens} tokens, finish reason ${completion.choices[0]?.finish_reason}`)

await close()
