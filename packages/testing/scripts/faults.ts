/** `npm run faults`: every fault of the catalogue against the client, as a table. Words after it pick ids: `F31 F32`. */

import { cases } from '../test/scenarios/all.ts'
import { type Case, type Outcome, runCase } from '../test/scenarios/run.ts'

const unhandled: unknown[] = []
process.on('unhandledRejection', (reason) => unhandled.push(reason))

const wanted = new Set(process.argv.slice(2))
const chosen = cases.filter(({ id }) => wanted.size === 0 || wanted.has(id))
const rows = await inTurns(chosen, 8)

const width = Math.max(...chosen.map(({ what }) => what.length))
console.log(line('id', 'what', 'outcome', 'requests', 'ms'))
for (const [{ id, what }, { outcome, requests, ms, problems }] of rows) {
  console.log(line(id, what, outcome, `${requests}`, `${ms}`))
  for (const problem of problems) console.log(`     FAILED: ${problem}`)
}
for (const reason of unhandled) console.log(`     FAILED: unhandled rejection: ${reason}`)

const failed = rows.filter(([, { problems }]) => problems.length > 0).length + unhandled.length
console.log(`\n${rows.length - failed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)

/** Runs so many at a time; the rows come in the order of the cases. */
async function inTurns(cases: readonly Case[], width: number): Promise<(readonly [Case, Outcome])[]> {
  const rows: (readonly [Case, Outcome])[] = []
  const queue = [...cases.entries()]
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) rows[next[0]] = [next[1], await runCase(next[1])]
  }
  await Promise.all(Array.from({ length: width }, worker))
  return rows
}

function line(id: string, what: string, outcome: string, requests: string, ms: string): string {
  return `${id.padEnd(5)}${what.padEnd(width + 2)}${outcome.padEnd(30)}${requests.padStart(8)}${ms.padStart(7)}`
}
