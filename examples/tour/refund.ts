/** A refund that needs a person's yes, is killed halfway, and is finished by another process. Prints what each one did. */

import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { answer, did, note, shorten } from '../app/page.ts'
import type { Report } from './refund-process.ts'

const program = fileURLToPath(new URL('refund-process.ts', import.meta.url))

/** Three processes, one run: it asks, is approved and killed, and goes on. */
export async function refundAcrossProcesses(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pawl-tour-'))
  try {
    note('\n  Process 1 starts the run.')
    await work(folder, 'start')
    note('\n  Process 2 brings the yes, and is killed with SIGKILL while it writes to the customer.')
    await work(folder, 'approve', 'send_message')
    const before = ledger(folder)
    note('\n  Process 3 finds the run in the store and finishes it.')
    report(before, ledger, folder, await work(folder, 'resume'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What was on disk when the process was killed, and what the last one did beside it. */
function report(before: readonly string[], read: typeof ledger, folder: string, finished: readonly Report[]): void {
  const after = read(folder)
  const found = finished.find((each) => each.type === 'found')
  const end = finished.find((each) => each.type === 'ended')
  const asked = finished.filter((each) => each.type === 'did' && each.text.startsWith('running')).length
  const done = (lines: readonly string[], what: string) => lines.filter((line) => line === what).length
  answer(`${end?.text ?? ''}\n`)
  note(
    [
      `\n  on disk when process 2 was killed: ${found?.events ?? 0} events, ${found?.steps ?? 0} steps`,
      `  steps of the finished run: ${end?.steps ?? 0}; of those on disk asked again by process 3: ${asked}`,
      `  refunds made before the kill: ${done(before, 'refund')}, in all: ${done(after, 'refund')}`,
      `  messages sent: ${done(after, 'message')} (its call was cut off, and ran again with the same key)`,
    ].join('\n'),
  )
}

/** Runs one process over the folder's store, shows what it tells, and kills it when it comes to `killAt`. */
async function work(folder: string, task: string, killAt?: string): Promise<Report[]> {
  const child = spawn(process.execPath, [...process.execArgv, program, folder, task], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<string>((resolve) => child.on('close', (code, signal) => resolve(signal ?? `code ${code}`)))
  const reports: Report[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    const told: Report = JSON.parse(line)
    reports.push(told)
    if (told.type === 'did') did(shorten(told.text))
    if (told.type === 'did' && killAt !== undefined && told.text.startsWith(`running ${killAt}`)) child.kill('SIGKILL')
  }
  const how = await ended
  if (how !== 'code 0') did(`process ended by ${how}`)
  if (how !== 'code 0' && killAt === undefined) throw new Error(`The ${task} process of the refund ended with ${how}.`)
  return reports
}

/** What the tools did to the world, a line each. */
function ledger(folder: string): string[] {
  return readFileSync(join(folder, 'ledger.txt'), 'utf8').trim().split('\n')
}
