/** Chunks as the server sends them, nothing added. */

import { chooseModel } from './app/choose-model.ts'

const { client, id, close } = await chooseModel()

let chunks = 0
for await (const chunk of client.chat.completions.streamRaw({
  model: id,
  messages: [{ role: 'user', content: 'Hello! What can you do?' }],
})) {
  chunks += 1
  process.stdout.write(chunk.choices[0]?.delta.content ?? '')
}
console.log(`\n${chunks} chunks`)

await close()
