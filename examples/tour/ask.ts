/** A question about the shop, answered by an agent and printed as it happens. */

import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { agent, type Model, type Run, type RunEvent, type RunResult, resume, run, sqliteStore } from 'pawl'
import { openShop } from '../shop/shop.ts'
import { lookUps } from '../shop/tools.ts'
import { answer, did, note, shorten } from './page.ts'

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
  const release = saveOnInterrupt(running)
  try {
    const { steps, usage, status } = await show(running)
    did(`${status}: ${steps} steps, ${usage.total_tokens} tokens`)
  } finally {
    release()
  }
}

/** Prints the events of a run: tool calls and results as notes, the answer's text as it comes. */
export async function show<O>(running: Run<O>): Promise<RunResult<O>> {
  for await (const event of running) showEvent(event)
  const result = await running
  if (result.text) answer('\n')
  return result
}

export function showEvent(event: RunEvent): void {
  switch (event.type) {
    case 'completion.done':
      for (const call of event.completion.choices[0]?.message.tool_calls ?? []) {
        if (call.type === 'function') did(`→ ${call.function.name} ${shorten(call.function.arguments)}`)
      }
      break
    case 'tool.done':
      did(`← ${shorten(typeof event.message.content === 'string' ? event.message.content : 'parts')}`)
      break
    case 'text.delta':
      answer(event.delta)
      break
  }
}

/** The file that keeps the runs of the tour, in `.pawl` at the top of the checkout. */
function openRuns() {
  const folder = new URL('../../.pawl/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  return sqliteStore(fileURLToPath(new URL('tour.db', folder)))
}

/** Ctrl-C ends the run where it can go on and says how; a second one ends the process. */
function saveOnInterrupt(running: Run<unknown>): () => void {
  const interrupt = () => {
    process.once('SIGINT', () => process.exit(130))
    running.abort('interrupted')
    note(`\nThe run is saved. Go on with: npm start -- --resume ${running.runId}`)
    process.exitCode = 130
  }
  process.once('SIGINT', interrupt)
  return () => process.off('SIGINT', interrupt)
}
