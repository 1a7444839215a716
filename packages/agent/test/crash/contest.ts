/** Several processes ask for one run at the same moment: one has it, the others are told that it is locked. */

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sqliteStore } from '@pawl/agent'

export interface Contest {
  readonly number: number
  readonly winners: number
  readonly problem?: string
}

const program = fileURLToPath(new URL('contestant.ts', import.meta.url))

/** The processes live through all contests, and each contest is for another run of the same file. */
export async function everyContest({ processes = 2, contests = 10 }): Promise<readonly Contest[]> {
  const folder = mkdtempSync(join(tmpdir(), 'pawl-contest-'))
  const path = join(folder, 'runs.db')
  const contestants = Array.from({ length: processes }, () => contestant(path))
  try {
    const ends: Contest[] = []
    for (let number = 0; number < contests; number += 1) {
      const words = await Promise.all(contestants.map((each) => each.ask(`run-${number}`)))
      const winners = words.filter((word) => word === 'written').length
      const store = sqliteStore(path)
      const events = await store.read(`run-${number}`)
      store.close()
      const fair =
        winners === 1 && events.length === 1 && words.every((word) => word === 'written' || word === 'locked')
      ends.push({ number, winners, ...(!fair && { problem: `${words}; ${events.length} events` }) })
    }
    return ends
  } finally {
    await Promise.all(contestants.map((each) => each.end()))
    rmSync(folder, { recursive: true, force: true })
  }
}

function contestant(path: string) {
  const child = spawn(process.execPath, [program, path], { stdio: ['pipe', 'pipe', 'inherit'] })
  const waiting: ((word: string) => void)[] = []
  const exit = new Promise((resolve) => child.once('exit', resolve))
  void exit.then(() => {
    for (const tell of waiting.splice(0)) tell('ended')
  })
  child.stdout.on('data', (text) => {
    for (const word of String(text).trim().split('\n')) waiting.shift()?.(word)
  })
  return {
    ask: (runId: string) =>
      new Promise<string>((resolve) => {
        waiting.push(resolve)
        child.stdin.write(`${runId}\n`)
      }),
    end: () => {
      child.stdin.end()
      return exit
    },
  }
}
