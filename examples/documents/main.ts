/** Documents to records: `main.ts [folder] [--out folder]` finds each document's kind, reads it, and writes a CSV a kind. */

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Model } from 'pawl'
import { chooseModel } from '../app/choose-model.ts'
import { command, parsed } from '../app/command.ts'
import { answer, did, note, table } from '../app/page.ts'
import { toCsv } from '../shop/csv.ts'
import { findKind, type Kind, kinds } from './kinds.ts'
import { progress } from './progress.ts'
import { listDocuments, readDocument } from './read-document.ts'
import { type Document, type Failure, readRecords, reasonOf } from './read-records.ts'

const usage = 'Usage: npm run example -- documents [folder] [--out folder]'
const ours = fileURLToPath(new URL('../data/documents', import.meta.url))

await command(async (words) => {
  const { values, positionals } = parsed(usage, () =>
    parseArgs({
      args: words,
      allowPositionals: true,
      options: { out: { type: 'string', default: '.pawl/records' }, help: { type: 'boolean', short: 'h' } },
    }),
  )
  if (values.help) return note(usage)
  const [folder = ours] = positionals
  const names = await listDocuments(folder)
  const { model, name, close } = await chooseModel()
  did(`model: ${name}`)
  try {
    await toRecords(model, folder, names, values.out)
  } finally {
    await close()
  }
})

async function toRecords(model: Model, folder: string, names: readonly string[], out: string): Promise<void> {
  const { sorted, failures } = await sortDocuments(model, folder, names)
  const files: { name: string; csv: string }[] = []
  const summary: string[][] = []
  const tokens = { asked: 0, answered: 0 }
  for (const [kind, documents] of sorted) {
    const line = progress(kind.name, documents.length)
    const read = await readRecords(model, kind, documents, line.show)
    line.end()
    const file = join(out, `${kind.name}s.csv`)
    files.push({ name: file, csv: toCsv(['document', ...kind.head], read.rows) })
    summary.push([kind.name, `${documents.length}`, `${read.rows.length}`, file])
    failures.push(...read.failures)
    tokens.asked += read.usage.prompt_tokens
    tokens.answered += read.usage.completion_tokens
  }
  // Nothing could be read: no file of an earlier run is overwritten. What the model could not do stands last.
  if (failures.length === names.length) throw failures.at(-1)?.error
  await mkdir(out, { recursive: true })
  for (const { name, csv } of files) await writeFile(name, csv)
  answer(`${table(['kind', 'documents', 'records', 'file'], summary)}\n`)
  did(`tokens: ${tokens.asked} asked, ${tokens.answered} answered`)
  if (failures.length > 0) note('\nNot read:')
  for (const failure of failures) note(`  ${failure.name}: ${reasonOf(failure)}`)
}

/** Each kind with its documents; one that cannot be read or is of no kind is a failure. */
async function sortDocuments(model: Model, folder: string, names: readonly string[]) {
  const sorted = new Map<Kind, Document[]>()
  const failures: Failure[] = []
  for (const name of names) {
    try {
      const text = await readDocument(folder, name)
      const kind = await findKind(model, text)
      sorted.set(kind, [...(sorted.get(kind) ?? []), { name, text }])
    } catch (error) {
      failures.push({ name, error })
    }
  }
  const inOrder = kinds.flatMap((kind) => (sorted.has(kind) ? [[kind, sorted.get(kind) ?? []] as const] : []))
  return { sorted: inOrder, failures }
}
