/** A refund that needs a person's yes, is killed halfway, and is finished by another process. Prints what each one did. */

import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { answer, did, note, shorten } from './page.ts'
import type { Report } from './refund-process.ts'

const program = fileURLToPath(new URL('refund-process.ts', import.meta.url))

/** Three processes, one run: it asks, is approved and killed, and goes on. */
export async function refundAcrossProcesses(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pawl-tour-'))
  try {
    note('\n  Process 1 starts the run.')
    const asked = await work(folder, 'start')
    note('\n  Process 2 brings the yes, and is killed with SIGKILL while it writes to the customer.')
    await work(folder, 'approve', 'send_message')
    const before = ledger(folder)
    note('\n  Process 3 finds the run in the store and finishes it.')
    const finished = await work(folder, 'resume')
    report(before, ledger(folder), asked, finished)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function report(before: readonly string[], after: readonly string[], asked: Report[], finished: Report[]): void {
  const times = (effect: string) => after.filter((line) => line === effect).length
  const recorded = finished.find((each) => each.type === 'resumed')?.events ?? 0
  const end = finished.find((each) => each.type === 'ended')
  answer(`${end?.text ?? ''}\n`)
  note(
    [
      `\n  steps of the run: ${end?.steps ?? 0}, in three processes; ${asked.filter((each) => each.type === 'did').length} events recorded by the first`,
      `  events on disk when process 2 was killed: ${recorded}`,
      `  refunds made before the kill: ${before.filter((line) => line === 'refund').length}, in all: ${times('refund')}`,
      `  messages sent, by their key: ${times('message')}`,
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
