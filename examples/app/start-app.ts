/** For the tests of the apps: an app as a process of its own, with the offline rules and without colours. */

import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

const clean = {
  ...{ PAWL_BASE_URL: undefined, PAWL_MODEL: undefined, OPENAI_API_KEY: undefined, OPENAI_BASE_URL: undefined },
  ...{ PAWL_LOCAL: '0', NO_COLOR: '1' },
}

interface Surroundings {
  /** what it reads from stdin; nothing when left out */
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Runs `examples/<name>/main.ts` to its end. */
export function startApp(name: string, words: readonly string[] = [], around: Surroundings = {}): Promise<Ended> {
  return startProgram(`${name}/main.ts`, words, around)
}

/** @param file in `examples` */
export function startProgram(
  file: string,
  words: readonly string[],
  { input = '', env = {} }: Surroundings = {},
): Promise<Ended> {
  const program = fileURLToPath(new URL(`../${file}`, import.meta.url))
  const child = spawn(process.execPath, [program, ...words], { env: { ...process.env, ...clean, ...env } })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (piece) => {
    stdout += piece
  })
  child.stderr.on('data', (piece) => {
    stderr += piece
  })
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  return new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr })))
}
