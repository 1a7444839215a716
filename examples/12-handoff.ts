/** One agent hands the conversation to another; two that hand to each other are named before they are made. */

import { callsTool, says, scriptedModel } from '@pawl/testing'
import { type Agent, agent, handoff, run } from 'pawl'

const triage: Agent<string> = agent({
  name: 'triage',
  instructions: 'Send each question to whoever knows.',
  model: scriptedModel([callsTool('handoff_to_billing', {})]),
  handoffs: () => [handoff(billing, { description: 'Knows invoices and refunds' })],
})
const billing = agent({
  name: 'billing',
  instructions: 'Answer questions about invoices.',
  model: scriptedModel([says('Your invoice is paid.')]),
  handoffs: () => [triage],
})

const running = run(triage, 'Is my invoice paid?').on('handoff.done', (event) =>
  console.error(`handed over to ${event.to}`),
)
const { text } = await running
console.log(text)
