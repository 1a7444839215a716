/**
 * The tour: `npm start` shows an agent, typed extraction and a run that survives a kill;
 * `npm start -- "a question"` asks the shop's assistant; `npm start -- --resume <run>` goes on with an interrupted run.
 */

import { parseArgs } from 'node:util'
import { type Chosen, chooseModel } from '../app/choose-model.ts'
import { command, parsed } from '../app/command.ts'
import { did, note, title } from '../app/page.ts'
import { ask } from './ask.ts'
import { extractDocuments } from './documents.ts'
import { refundAcrossProcesses } from './refund.ts'

const usage = 'Usage: npm start [-- "a question about the shop" | -- --resume <run>]'
const tourQuestion =
  'What are the price and stock of P-101 and P-202? Then find the customer Lena Fischer and list her orders.'

const options = { resume: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const

await command(main)

async function main(args: string[]): Promise<void> {
  const { values, positionals } = parsed(usage, () => parseArgs({ args, allowPositionals: true, options }))
  if (values.help) return note(usage)
  const chosen = await chooseModel()
  did(`model: ${chosen.name}`)
  try {
    if (values.resume !== undefined) await ask(chosen.model, { runId: values.resume })
    else if (positionals.length > 0) await ask(chosen.model, { question: positionals.join(' ') })
    else await tour(chosen)
  } finally {
    await chosen.close()
  }
}

async function tour({ model }: Chosen): Promise<void> {
  title('1  An agent answers over the shop’s data')
  note(`  “${tourQuestion}”\n`)
  await ask(model, { question: tourQuestion })
  title('2  Documents become typed values')
  await extractDocuments(model)
  title('3  A refund waits for a yes, is killed, and is finished by another process')
  await refundAcrossProcesses()
  note(
    [
      '\nAsk your own question:  npm start -- "How many orders has Lena Fischer placed, and what did they cost in total?"',
      'Use a real model:       set OPENAI_API_KEY, or PAWL_BASE_URL and PAWL_MODEL, and run the same command',
      'Read on:                docs/start.md',
    ].join('\n'),
  )
}
