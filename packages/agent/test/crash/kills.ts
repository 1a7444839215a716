/** Kills processes in the middle of the refund run, goes on with it, and holds what happened against what was promised. */

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { memoryStore, type RunStore, type StoredEvent, sqliteStore } from '@pawl/agent'
import { finalHistory, repeatedSteps } from '@pawl/agent/testing'
import { finishRefund, runIds } from './refunds.ts'

/**
 * `call`: an effect is about to begin; `effect`: it has happened, and its append has not begun; `append`: an append is
 * called; `inside`: its events are in the open transaction; `commit`: they are on disk, and nobody was told.
 */
export type Moment = 'call' | 'effect' | 'append' | 'inside' | 'commit'

/** The moment, and how often it came before in that process. */
export type Kill = readonly [Moment, number]

export interface Outcome {
  readonly kills: readonly Kill[]
  /** processes that died as planned; a later one may end before its moment comes */
  readonly killed: number
  /** effects that were done again although their end was on record */
  readonly repeated: readonly string[]
  /** calls that must not happen twice, and did without anybody being asked */
  readonly silent: readonly string[]
  /** calls whose outcome nobody can know, and that nobody was asked about */
  readonly unreported: readonly string[]
  /** calls of unknown outcome that somebody was asked about */
  readonly reported: readonly string[]
  /** whether the run ended otherwise than one that nothing stopped */
  readonly lost: boolean
}

const once = /\/tool:(1:2|2:0|3:1)$|\.0\/tool:1:0$/
const program = fileURLToPath(new URL('child.ts', import.meta.url))

/** How often each moment comes in a run that nobody stops. */
export async function moments(): Promise<Record<Moment, number>> {
  return inFolder(async (path, effects) => JSON.parse((await runChild(path, effects, 'none')).output))
}

/** Every kill of a run in which each moment comes this often. */
export function everyKill(counts: Record<Moment, number>): readonly Kill[] {
  return (Object.keys(counts) as Moment[]).flatMap((moment) =>
    Array.from({ length: counts[moment] }, (_, number): Kill => [moment, number]),
  )
}

/** One process for each kill, one after the other on the same run; this process goes on to the end. */
export function survive(kills: readonly Kill[]): Promise<Outcome> {
  return inFolder(async (path, effects) => {
    const done = () => (existsSync(effects) ? readFileSync(effects, 'utf8').trim().split('\n') : [])
    const repeated: string[] = []
    const unknown = new Set<string>()
    let killed = 0
    let ended: string[] = []
    let before = 0
    const look = async () => {
      const now = done()
      repeated.push(...now.slice(before).filter((key) => ended.includes(key)))
      before = now.length
      const store = sqliteStore(path)
      ended = endsOf(await logs(store))
      store.close()
      for (const key of now) if (once.test(key) && !ended.includes(key)) unknown.add(key)
    }
    for (const kill of kills) {
      const { signal } = await runChild(path, effects, kill.join('@'))
      if (signal === 'SIGKILL') killed += 1
      await look()
    }
    const store = sqliteStore(path)
    const resumed: string[] = []
    await finishRefund(store, (key) => resumed.push(key))
    repeated.push(...resumed.filter((key) => ended.includes(key)))
    const all = [...done(), ...resumed]
    const events = await logs(store)
    store.close()
    const reported = [...new Set(events.flatMap((event) => (isDoubt(event) ? [keyOf(event)] : [])))]
    return {
      kills,
      killed,
      repeated,
      silent: all.filter((key, at) => once.test(key) && all.indexOf(key) !== at && !reported.includes(key)),
      unreported: [...unknown].filter((key) => !reported.includes(key)),
      reported,
      lost: JSON.stringify(historyOf(events)) !== JSON.stringify(await expected),
    }
  })
}

const expected = (async () => {
  const store = memoryStore()
  await finishRefund(store, () => {})
  return historyOf(await logs(store))
})()

async function logs(store: RunStore): Promise<readonly StoredEvent[]> {
  return (await Promise.all(runIds.map((runId) => store.read(runId)))).flat()
}

function historyOf(events: readonly StoredEvent[]): unknown {
  return runIds.map((id) => {
    const log = events.filter(({ runId }) => runId === id)
    return [finalHistory(log), repeatedSteps(log)]
  })
}

function endsOf(events: readonly StoredEvent[]): string[] {
  return events.flatMap((event) =>
    event.type === 'completion.done'
      ? [`${event.runId}/model:${event.step}`]
      : event.type === 'tool.done'
        ? [keyOf(event)]
        : [],
  )
}

function isDoubt(event: StoredEvent): event is StoredEvent & { type: 'approval.asked' } {
  return event.type === 'approval.asked' && event.pending.type === 'unknown' && event.pending.runId === event.runId
}

function keyOf({ runId, step, index }: { runId: string; step: number; index: number }): string {
  return `${runId}/tool:${step}:${index}`
}

async function inFolder<T>(work: (store: string, effects: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'pawl-crash-'))
  try {
    return await work(join(folder, 'runs.db'), join(folder, 'effects'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function runChild(path: string, effects: string, kill: string): Promise<{ signal: string | null; output: string }> {
  const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'pawl-compiled') }
  const child = spawn(process.execPath, [program, path, effects, kill], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let complaint = ''
  child.stdout.on('data', (text) => {
    output += text
  })
  child.stderr.on('data', (text) => {
    complaint += text
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (code === 0 || signal === 'SIGKILL') resolve({ signal, output })
      else reject(new Error(`The process of ${kill} ended with ${code ?? signal}: ${complaint}`))
    })
  })
}
