/** An analyst over a SQLite database: `main.ts ["a question"] [--out folder]`. Without a question it is asked three. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { offlineModelId } from '@pawl/offline'
import { type Agent, agent, run } from 'pawl'
import { chooseModel } from '../app/choose-model.ts'
import { command, parsed } from '../app/command.ts'
import { answer, did, note } from '../app/page.ts'
import { buildDatabase, tables } from './database.ts'
import { plotTool } from './plot-tool.ts'
import { queryTool } from './query-tool.ts'
import { stockAnalyst, stockQuestions } from './stock-questions.ts'

const usage = 'Usage: npm run example -- analyst ["a question about the shop"] [--out folder]'

const instructions = `You are a data analyst. Answer from the database with SQL for SQLite; never guess. Where several values are compared, draw a
chart. Then answer in one or two sentences with the figures.
${tables}
Money is in EUR, dates are texts such as 2026-03-05.`

await command(async (words) => {
  const { values, positionals } = parsed(usage, () =>
    parseArgs({
      args: words,
      allowPositionals: true,
      options: { out: { type: 'string', default: '.pawl/charts' }, help: { type: 'boolean', short: 'h' } },
    }),
  )
  if (values.help) return note(usage)
  const questions = positionals.length > 0 ? [positionals.join(' ')] : stockQuestions.map(({ question }) => question)
  const folder = mkdtempSync(join(tmpdir(), 'pawl-analyst-'))
  const chosen = await chooseModel()
  const stop = new AbortController()
  process.once('SIGINT', () => {
    process.exitCode = 130
    stop.abort('interrupted')
  })
  const offline = chosen.id === offlineModelId
  did(`model: ${offline ? 'a script that knows three questions; the offline rules cannot write SQL' : chosen.name}`)
  try {
    const file = join(folder, 'shop.db')
    buildDatabase(file)
    const model = offline ? stockAnalyst() : chosen.model
    const analyst = agent({ name: 'analyst', instructions, model, tools: [queryTool(file), plotTool(values.out)] })
    for (const question of questions) await ask(analyst, question, stop.signal)
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await chosen.close()
  }
})

/** The tools tell their SQL and their files as they run; the answer streams. */
async function ask(analyst: Agent<string>, question: string, signal: AbortSignal): Promise<void> {
  note(`\n› ${question}`)
  const running = run(analyst, question, { signal })
  for await (const event of running) {
    if (event.type === 'tool.progress') did(String(event.value))
    if (event.type === 'tool.done' && event.isError) did(`told: ${event.message.content}`)
    if (event.type === 'text.delta') answer(event.delta)
  }
  answer('\n')
}
