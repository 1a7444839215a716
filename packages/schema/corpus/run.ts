/** `pnpm --filter @pawl/schema corpus`: the corpus as a table. */

import { runCorpus } from './corpus.ts'

const results = runCorpus()
const row = (name: string, vendor: string, accepted: string, values: string) =>
  console.log(name.padEnd(48), vendor.padEnd(12), accepted.padEnd(16), values)

row('schema', 'vendor', 'strict-accepted', 'round-trip')
for (const { name, vendor, accepted, values, lost } of results) {
  row(name, vendor, accepted ? 'yes' : 'NO', `${values - lost}/${values}`)
}

const values = results.reduce((sum, result) => sum + result.values, 0)
const lost = results.reduce((sum, result) => sum + result.lost, 0)
const accepted = results.filter((result) => result.accepted).length
console.log(`\n${results.length} schemas, ${accepted} strict-accepted, ${values} values, ${lost} lost`)
if (lost > 0 || accepted < results.length) process.exitCode = 1
