/** Limits bound a run before the request that would pass them; the last call is kept for an answer. */

import { callsTool, says, scriptedModel } from '@pawl/testing'
import { agent, run, tool } from 'pawl'
import { z } from 'zod'

const search = tool({
  name: 'search',
  description: 'Searches the archive',
  parameters: z.object({ page: z.number() }),
  effect: 'pure',
  execute: ({ page }) => `nothing on page ${page}`,
})
const model = scriptedModel([
  callsTool('search', { page: 1 }),
  callsTool('search', { page: 2 }),
  says('I searched two pages and found nothing.'),
])
const searcher = agent({ name: 'searcher', model, tools: [search], limits: { steps: 3 } })

const result = await run(searcher, 'Find the letter.')
console.log(result.status, result.steps, result.text)
console.log(model.requests.map((request) => request.tool_choice ?? 'auto').join(', '))
