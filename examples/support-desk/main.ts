/** The support desk: a question starts a run; what needs a yes is decided later, in another process. See `usage`. */

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { resume, run, type SqliteStore, sqliteStore } from 'pawl'
import { command, parsed, UsageError } from '../app/command.ts'
import { answer, note } from '../app/page.ts'
import { choices, decide } from './decide.ts'
import { pendingIn, told, unfinished } from './pending.ts'
import { type Options, program, work } from './work.ts'

const usage = `Usage: ${program} <command> [--store folder] [--crash-at refund]
  ask "Please refund order ORD-1042 because the kettle arrived with a dent."
  waiting                  the runs without an answer yet
  approve <run>            allows what it asks for
  deny <run> ["why not"]   does not
  resume <run>             goes on after a crash or a fault
  happened <run>           a call in doubt has happened
  again <run>              a call in doubt is to be run again`

await command(async (words) => {
  const { values, positionals } = parsed(usage, () =>
    parseArgs({
      args: words,
      allowPositionals: true,
      options: {
        store: { type: 'string', default: '.pawl/support-desk' },
        'crash-at': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }),
  )
  if (values.help) return note(usage)
  const crashAt = values['crash-at']
  if (crashAt !== undefined && crashAt !== 'refund') throw new UsageError('--crash-at knows one place: refund')
  mkdirSync(values.store, { recursive: true })
  const store = sqliteStore(join(values.store, 'runs.db'))
  try {
    await obey(positionals, store, { folder: values.store, crashAt })
  } finally {
    store.close()
  }
})

async function obey([word, what, reason]: string[], store: SqliteStore, options: Options): Promise<void> {
  if (word === 'waiting') return listWaiting(store)
  if (word === undefined || what === undefined) throw new UsageError(usage)
  switch (word) {
    case 'ask':
      return work(options, (triage) => run(triage, what, { store }))
    case 'approve':
    case 'deny':
    case 'again':
    case 'happened': {
      const decisions = decide(word, pendingIn(await logOf(store, what)), reason)
      return work(options, (triage) => resume(triage, what, { store, decisions }))
    }
    case 'resume':
      await logOf(store, what)
      return work(options, (triage) => resume(triage, what, { store }))
    default:
      throw new UsageError(`There is no command "${word}".\n${usage}`)
  }
}

async function listWaiting(store: SqliteStore): Promise<void> {
  const runs = await unfinished(store)
  if (runs.length === 0) note('No run waits.')
  for (const { runId, status, pending } of runs) {
    if (pending.length === 0) answer(`${runId}  ${status === 'running' ? 'its process ended under way' : status}\n`)
    for (const asked of pending) answer(`${runId}  ${told(asked)}\n`)
    note(`  ${pending[0] ? choices(runId, pending[0]) : `resume ${runId}`}`)
  }
}

async function logOf(store: SqliteStore, runId: string) {
  const log = await store.read(runId)
  if (log.length === 0) throw new UsageError(`There is no run ${runId}; \`waiting\` lists them.`)
  return log
}
