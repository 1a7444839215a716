/** A chat over the shop's data: `main.ts [--continue] [--store folder]`. Reads lines from the terminal or from a pipe. */

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { AbortError, agent, type Model, type Run, resume, run, type SqliteStore, sqliteStore } from 'pawl'
import { chooseModel } from '../app/choose-model.ts'
import { command, exitCode, parsed } from '../app/command.ts'
import { did, note } from '../app/page.ts'
import { openShop } from '../shop/shop.ts'
import { lookUps } from '../shop/tools.ts'
import { openLines } from './lines.ts'
import { sendMessage } from './send-message.ts'
import { latestSession, type Standing } from './session.ts'
import { askOn, showTurn } from './show-turn.ts'

const usage = 'Usage: npm run example -- chat [--continue] [--store folder]'
const help = `Ask about customers, orders and products, or have a message sent.
  /new    begins a new conversation
  /help   shows this
  /quit   leaves; \`chat --continue\` goes on
Ctrl-C stops an answer, or leaves.`

await command(async (words) => {
  const { values } = parsed(usage, () =>
    parseArgs({
      args: words,
      options: {
        continue: { type: 'boolean', default: false },
        store: { type: 'string', default: '.pawl/chat' },
        help: { type: 'boolean', short: 'h' },
      },
    }),
  )
  if (values.help) return note(`${usage}\n\n${help}`)
  mkdirSync(values.store, { recursive: true })
  const store = sqliteStore(join(values.store, 'runs.db'))
  const chosen = await chooseModel()
  did(`model: ${chosen.name}`)
  try {
    const from: Standing = values.continue ? await latestSession(store) : { after: undefined, open: undefined }
    if (values.continue && !from.after && !from.open) did('There is no conversation yet: this is the first.')
    await chat(chosen.model, store, join(values.store, 'outbox.jsonl'), from)
  } finally {
    store.close()
    await chosen.close()
  }
})

async function chat(model: Model, store: SqliteStore, outbox: string, { after: last, open }: Standing): Promise<void> {
  const lines = openLines()
  let after = last
  let running: Run<string> | undefined
  lines.onInterrupt(() => (running ? running.abort('interrupted') : lines.close()))
  const options = { store, onPending: askOn(lines) }
  const assistant = agent({
    name: 'chat',
    instructions: 'You are the assistant of a shop. Look things up with the tools; never guess. Answer in Markdown.',
    model,
    tools: [...lookUps(openShop()), sendMessage(outbox)],
  })

  /** An error ends the turn and not the chat; the exit code tells of it. */
  async function turn(started: Run<string>): Promise<void> {
    running = started
    try {
      const { runId, status, pending } = await showTurn(started)
      if (status === 'done') after = runId
      for (const { call } of pending) note(`${'function' in call ? call.function.name : 'A call'} waits for a yes.`)
    } catch (error) {
      if (error instanceof AbortError) return note('\nStopped.')
      note(`\n${error instanceof Error ? error.message : error}`)
      process.exitCode = exitCode(error)
    } finally {
      running = undefined
    }
  }

  try {
    if (open !== undefined) {
      did('The last question has no answer yet; going on with it.')
      await turn(resume(assistant, open, options))
    }
    for (let line = await lines.ask('\n› '); line !== undefined && line !== '/quit'; line = await lines.ask('\n› ')) {
      if (line === '/help') note(help)
      else if (line === '/new') after = undefined
      else if (line.startsWith('/')) note(`There is no ${line.split(' ')[0]}.\n${help}`)
      else if (line !== '') await turn(run(assistant, line, { ...options, after }))
    }
  } finally {
    lines.close()
  }
}
