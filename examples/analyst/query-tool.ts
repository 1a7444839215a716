/** SQL for the model: one SELECT at a time on a database opened read-only, so many rows and so much time. */

import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { ToolError, tool } from 'pawl'
import { z } from 'zod'

export interface QueryOptions {
  /** rows that the model gets at most; 50 when left out */
  readonly rows?: number
  /** milliseconds after which the query is killed; 5,000 when left out */
  readonly timeout?: number
}

/** What a query gives; `more`: there were further rows. */
export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number | null)[])[]
  readonly more: boolean
}

const program = fileURLToPath(new URL('query-process.ts', import.meta.url))

/** @param file the database */
export function queryTool(file: string, { rows = 50, timeout = 5_000 }: QueryOptions = {}) {
  return tool({
    name: 'query',
    description: `Runs one SELECT of SQLite and returns its columns and at most ${rows} rows.`,
    parameters: z.object({ sql: z.string().describe('a single SELECT statement') }),
    effect: 'pure',
    timeout,
    execute: async ({ sql }, { signal, progress }) => {
      progress(sql)
      const result = await inProcess(file, rows, single(sql), signal)
      if ('error' in result) throw new ToolError(`The database says: ${result.error}`)
      return result
    },
  })
}

/** @throws ToolError for anything but one SELECT; read-only or not, the model should know what it may do */
function single(sql: string): string {
  const bare = sql.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\//g, ' ').trim()
  if (!/^(select|with)\b/i.test(bare)) throw new ToolError('Only SELECT is allowed: the database is read-only.')
  if (/;\s*\S/.test(bare)) throw new ToolError('One statement at a time: send the second one in a call of its own.')
  return sql
}

async function inProcess(
  file: string,
  rows: number,
  sql: string,
  signal: AbortSignal,
): Promise<Table | { readonly error: string }> {
  const words = [...process.execArgv, program, file, `${rows}`]
  const child = spawn(process.execPath, words, { signal, killSignal: 'SIGKILL', stdio: ['pipe', 'pipe', 'ignore'] })
  const ended = new Promise<never>((_, reject) => child.on('error', reject))
  child.stdin.on('error', () => {})
  child.stdin.end(sql)
  const told = await Promise.race([text(child.stdout), ended])
  if (told === '') throw new Error('The query ended without a result.')
  return JSON.parse(told)
}
