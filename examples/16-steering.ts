/** A message sent into a run under way reaches the model at the next step. */

import { callsTool, says, scriptedModel } from '@pawl/testing'
import { agent, run, tool } from 'pawl'
import { z } from 'zod'

const weather = tool({
  name: 'weather',
  description: 'Weather of a city',
  parameters: z.object({ city: z.string() }),
  effect: 'pure',
  execute: ({ city }) => `${city}: rain`,
})
const model = scriptedModel([
  callsTool('weather', { city: 'Oslo' }),
  says('Rain in Oslo; Bergen I would have to look up.'),
])

const running = run(agent({ name: 'assistant', model, tools: [weather] }), 'Do I need a coat in Oslo?')
running.on('completion.done', ({ at }) => {
  if (at < 3) void running.send('also check Bergen')
})
const { messages } = await running
console.log(messages.map((message) => message.role).join(' → '))
