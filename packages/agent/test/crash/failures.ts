/** Fails each write of the refund run, once and for good, on both stores; the run goes on when writing works again. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryStore, type RunStore, sqliteStore } from '@pawl/agent'
import { crashingStore, failingStore, finalHistory, repeatedSteps } from '@pawl/agent/testing'
import { isPawlError } from '@pawl/client'
import { finishRefund, runIds } from './refunds.ts'

export interface WriteFailure {
  readonly store: string
  readonly at: number
  readonly times: number
  /** what is not as promised */
  readonly problem?: string
}

/** All writes of the run x once and for good x both stores. */
export async function everyWriteFailure(): Promise<readonly WriteFailure[]> {
  const whole = crashingStore(memoryStore())
  await finishRefund(whole, () => {})
  const writes = whole.appends
  const expected = await histories(whole)
  const failures: WriteFailure[] = []
  const folder = mkdtempSync(join(tmpdir(), 'pawl-failures-'))
  try {
    for (const name of ['memory', 'sqlite'])
      for (const times of [1, Infinity])
        for (let at = 0; at < writes; at += 1) {
          const store = name === 'memory' ? memoryStore() : sqliteStore(join(folder, `${at}-${times}.db`))
          const problem = await fail(store, { at, times }, expected)
          failures.push({ store: name, at, times, ...(problem && { problem }) })
          if ('close' in store && typeof store.close === 'function') store.close()
        }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return failures
}

async function fail(
  store: RunStore,
  plan: { at: number; times: number },
  expected: string,
): Promise<string | undefined> {
  const done: string[] = []
  let failed: unknown
  await finishRefund(failingStore(store, plan), (key) => done.push(key)).catch((error) => {
    failed = error
  })
  if (!isPawlError(failed) || failed.code !== 'store_error') return `no store_error came, but ${failed}`
  const before = done.length
  const recorded = new Set(
    (await all(store)).flatMap((event) => ('step' in event ? [`${event.runId}:${event.step}`] : [])),
  )
  await finishRefund(store, (key) => done.push(key))
  const asked = (await all(store)).flatMap((event) =>
    event.type === 'approval.asked' && event.pending.type === 'unknown'
      ? [`${event.runId}/tool:${event.step}:${event.index}`]
      : [],
  )
  const silent = done.filter((key, at) => once.test(key) && done.indexOf(key) < at && !asked.includes(key))
  if (silent.length > 0) return `happened twice in silence: ${silent}`
  if ((await histories(store)) !== expected) return 'the run ended otherwise'
  // An intent that could not be written keeps its effect from starting.
  const unannounced = done.slice(0, before).filter((key) => once.test(key) && !recorded.has(stepOf(key)))
  return unannounced.length > 0 ? `began without a record: ${unannounced}` : undefined
}

const once = /\/tool:(1:2|2:0|3:1)$|\.0\/tool:1:0$/

function stepOf(key: string): string {
  const [runId, , step] = key.split(/[/:]/)
  return `${runId}:${step}`
}

async function all(store: RunStore) {
  return (await Promise.all(runIds.map((runId) => store.read(runId)))).flat()
}

async function histories(store: RunStore): Promise<string> {
  const logs = await Promise.all(runIds.map((runId) => store.read(runId)))
  return JSON.stringify(logs.map((log) => [finalHistory(log), repeatedSteps(log)]))
}
