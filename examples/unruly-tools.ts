/** A tool that is slow, one that throws and one that floods, all in one answer of the model: each call gets its message. */

import { type FunctionToolCall, tool, toolRegistry } from 'pawl'
import { z } from 'zod'

const nothing = z.object({})
const registry = toolRegistry([
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
])

const names = ['slow', 'throws', 'floods', 'works', 'wrks']
const calls = names.map(
  (name): FunctionToolCall => ({ id: `call_${name}`, type: 'function', function: { name, arguments: '' } }),
)

for (const { message, isError } of await registry.executeAll(calls)) {
  const text = String(message.content)
  const shown = text.length > 200 ? `${text.slice(0, 40)}… (${text.length} characters)` : text
  console.log(`${message.tool_call_id} ${isError ? 'failed' : 'answered'}: ${JSON.stringify(shown)}`)
}
