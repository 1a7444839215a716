/** An agent as a tool of another: its events run inside the parent's, and both draw on one budget. */

import { callsTool, says, scriptedModel } from '@pawl/testing'
import { agent, agentAsTool, run } from 'pawl'

const researcher = agent({
  name: 'researcher',
  instructions: 'Find the fact, say it in a sentence.',
  model: scriptedModel([says('Oslo has four degrees today.')]),
})
const writer = agent({
  name: 'writer',
  instructions: 'Write for travellers.',
  model: scriptedModel([
    callsTool('research', { input: 'weather in Oslo' }),
    says('Pack a coat: Oslo has four degrees.'),
  ]),
  tools: [agentAsTool(researcher, { name: 'research', description: 'Finds a fact' })],
  limits: { tokens: 5_000 },
})

const running = run(writer, 'A line about Oslo, please.')
for await (const event of running) console.error(`${event.runId === running.runId ? '' : '  '}${event.type}`)
const { text, usage } = await running
console.log(`${text} (${usage.total_tokens} tokens for both)`)
