/** A question about the shop, answered by an agent and printed as it happens. */

import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { agent, type Model, type Run, resume, run, sqliteStore } from 'pawl'
import { interruptible } from '../app/interruptible.ts'
import { answer, did } from '../app/page.ts'
import { showEvent } from '../app/show-event.ts'
import { openShop } from '../shop/shop.ts'
import { lookUps } from '../shop/tools.ts'

/** Asks, or goes on with a run that was interrupted; the answer streams to stdout. */
export async function ask(model: Model, what: { question: string } | { runId: string }): Promise<void> {
  const assistant = agent({
    name: 'shop-assistant',
    instructions: 'Answer questions about the shop from its data. Look things up with the tools; never guess.',
    model,
    tools: lookUps(openShop()),
  })
  const store = openRuns()
  const running =
    'question' in what ? run(assistant, what.question, { store }) : resume(assistant, what.runId, { store })
  const goOn = `npm start -- --resume ${running.runId}`
  const [{ steps, usage, status, text }, streamed] = await Promise.all([interruptible(running, goOn), show(running)])
  // The answer of a run that was interrupted at its very end is on record, and comes in no pieces.
  answer(streamed ? '\n' : `${text}\n`)
  did(`${status}: ${steps} steps, ${usage.total_tokens} tokens`)
}

/** Prints the events of a run: tool calls and results as notes, the answer's text as it comes. @returns whether any came */
async function show(running: Run<unknown>): Promise<boolean> {
  let streamed = false
  for await (const event of running) {
    showEvent(event)
    if (event.type === 'text.delta') streamed = true
  }
  return streamed
}

/** The file that keeps the runs of the tour, in `.pawl` at the top of the checkout. */
function openRuns() {
  const folder = new URL('../../.pawl/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  return sqliteStore(fileURLToPath(new URL('tour.db', folder)))
}
