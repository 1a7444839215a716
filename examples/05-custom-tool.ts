/** A custom tool takes text instead of JSON, held to a grammar by the server. The model here is a script. */

import { callsTextTool, says, scriptedModel } from '@pawl/testing'
import { agent, run, textTool } from 'pawl'

const calculate = textTool({
  name: 'calculate',
  description: 'Adds and subtracts whole numbers',
  format: { regex: '^[0-9]+( [+-] [0-9]+)*$' },
  execute: (input) => input.split(/ (?=[+-])/).reduce((sum, term) => sum + Number(term.replace(' ', '')), 0),
})

const model = scriptedModel([callsTextTool('calculate', '40 + 4 - 2'), says('That makes 42.')])
const result = await run(agent({ name: 'calculator', model, tools: [calculate] }), 'What is 40 + 4 - 2?')

for (const message of result.messages) console.log(JSON.stringify(message))
