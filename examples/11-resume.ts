/** A run that fails halfway goes on from its log: what had finished is not run again. */

import { callsTool, fails, says, scriptedModel } from '@pawl/testing'
import { agent, ConnectionError, isPawlError, memoryStore, resume, run, tool } from 'pawl'
import { z } from 'zod'

let counted = 0
const count = tool({
  name: 'count',
  description: 'Counts the stock',
  parameters: z.object({}),
  execute: () => {
    counted += 1
    return { pieces: 54 }
  },
})
const down = new ConnectionError('The server cannot be reached.', { reason: 'refused' })
const model = scriptedModel([callsTool('count', {}), fails(down), says('There are 54 pieces.')])
const keeper = agent({ name: 'keeper', model, tools: [count] })
const store = memoryStore()

const runId = await run(keeper, 'How much is in stock?', { store }).then(
  (result) => result.runId,
  (error) => (isPawlError(error) && error.runId) || Promise.reject(error),
)
const { text } = await resume(keeper, runId, { store })
console.log(`${text} Counted ${counted} time.`)
