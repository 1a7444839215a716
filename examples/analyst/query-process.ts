/**
 * One query in a process of its own, since SQLite cannot be interrupted from outside: `query-process.ts <file> <rows>`
 * reads SQL from stdin and writes a line of JSON, `{ columns, rows, more }` or `{ error }`.
 */

import { DatabaseSync } from 'node:sqlite'
import { text } from 'node:stream/consumers'

const [file = '', most = '0'] = process.argv.slice(2)
process.stdout.write(JSON.stringify(answer(await text(process.stdin), Number(most))))

function answer(sql: string, most: number) {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const rows: unknown[][] = []
    const statement = database.prepare(sql)
    const columns = statement.columns().map(({ name }) => name)
    // A row is an object: of two columns with one name it would hold one.
    if (new Set(columns).size < columns.length) return { error: `give each column its own name: ${columns.join(', ')}` }
    for (const row of statement.iterate()) {
      if (rows.length === most) return { columns, rows, more: true }
      rows.push(columns.map((name) => row[name]))
    }
    return { columns, rows, more: false }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  } finally {
    database.close()
  }
}
