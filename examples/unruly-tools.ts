/** A tool that is slow, one that throws and one that floods, all called in one answer of the model: the run still answers. */

import { callsTools, says, scriptedModel } from '@pawl/testing'
import { agent, run, tool } from 'pawl'
import { z } from 'zod'

const nothing = z.object({})
const tools = [
  tool({
    name: 'slow',
    description: 'Never ends',
    parameters: nothing,
    effect: 'pure',
    timeout: 50,
    execute: () => new Promise(() => {}),
  }),
  tool({
    name: 'throws',
    description: 'Fails with an address that holds a password',
    parameters: nothing,
    execute: () => {
      throw new Error('cannot reach postgres://admin:hunter2@db.internal/orders')
    },
  }),
  tool({
    name: 'floods',
    description: 'Gives far more than a request can carry',
    parameters: nothing,
    execute: () => 'line after line\n'.repeat(200_000),
  }),
  tool({ name: 'works', description: 'Gives the answer', parameters: nothing, execute: () => ({ answer: 42 }) }),
]

const model = scriptedModel([
  callsTools(['slow', {}], ['throws', {}], ['floods', {}], ['works', {}], ['wrks', {}]),
  says('One of the five worked: 42.'),
])
const running = run(agent({ name: 'patient', model, tools }), 'Try all of them.')
for await (const event of running) {
  if (event.type !== 'tool.done') continue
  const text = String(event.message.content)
  const shown = text.length > 200 ? `${text.slice(0, 40)}… (${text.length} characters)` : text
  console.log(`${event.callId} ${event.isError ? 'failed' : 'answered'}: ${JSON.stringify(shown)}`)
}
console.log((await running).text)
