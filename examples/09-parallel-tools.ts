/** Several calls in one answer run at once; a lock keeps calls on one resource apart. Tool messages stand in call order. */

import { setTimeout as sleep } from 'node:timers/promises'
import { callsTools, says, scriptedModel } from '@pawl/testing'
import { agent, run, tool } from 'pawl'
import { z } from 'zod'

const write = tool({
  name: 'write',
  description: 'Appends a line to a file',
  parameters: z.object({ path: z.string(), line: z.string() }),
  lock: ({ path }) => path,
  execute: async ({ path, line }) => {
    console.error(`start ${path} ${line}`)
    await sleep(20)
    console.error(`end   ${path} ${line}`)
  },
})

const model = scriptedModel([
  callsTools(
    ['write', { path: 'a.txt', line: '1' }],
    ['write', { path: 'b.txt', line: '2' }],
    ['write', { path: 'a.txt', line: '3' }],
  ),
  says('Written.'),
])
const { messages, text } = await run(agent({ name: 'scribe', model, tools: [write] }), 'Write three lines.')
console.log(messages.flatMap((message) => (message.role === 'tool' ? [message.tool_call_id] : [])).join(', '), text)
