/** A recorded run plays again without a model; a fork goes on from one of its steps with a change. */

import { callsTool, says, scriptedModel } from '@pawl/testing'
import { agent, fork, memoryStore, replay, resume, run, tool } from 'pawl'
import { z } from 'zod'

const weather = tool({
  name: 'weather',
  description: 'Weather of a city',
  parameters: z.object({ city: z.string() }),
  effect: 'pure',
  execute: ({ city }) => `${city}: 4 degrees, rain`,
})
const model = scriptedModel([callsTool('weather', { city: 'Oslo' }), says('Take a coat.'), says('Nimm einen Mantel.')])
const assistant = agent({ name: 'assistant', model, tools: [weather] })
const store = memoryStore()

const first = await run(assistant, 'Do I need a coat in Oslo?', { store })
const events = await store.read(first.runId)
const again = await replay(assistant, events, { tools: 'recorded' })
console.log(again.text, model.requests.length)

const at = events.find((event) => event.type === 'tool.done')?.at ?? 0
const branch = await fork(store, first.runId, {
  at,
  change: (messages) => [...messages, { role: 'user', content: 'In German, please.' }],
})
console.log((await resume(assistant, branch, { store })).text)
