/** Writes the journals that later versions must load and continue: once for each version of the log. */

import { writeFileSync } from 'node:fs'
import { exportRun, logVersion, memoryStore, type RunStore } from '@pawl/agent'
import { type CrashPoint, crashingStore } from '@pawl/agent/testing'
import { finishRefund, runIds, startRefund } from '../test/crash/refunds.ts'

const [refund, audit] = runIds
const done = memoryStore()
await finishRefund(done, () => {})
await save('done', done, refund)
await save('done-child', done, audit)

const waiting = memoryStore()
await startRefund(waiting, () => {})
await save('waiting', waiting, refund)

await save('crashed', await crashed({ append: 6, side: 'before' }), refund)
await save('in-doubt', await crashed({ append: 1, side: 'after' }), refund)

async function crashed(point: CrashPoint): Promise<RunStore> {
  const store = memoryStore()
  await finishRefund(crashingStore(store, point), () => {}).catch(() => {})
  return store
}

/** Times are made even, so that a journal that is written again differs only where its events do. */
async function save(name: string, store: RunStore, runId: string): Promise<void> {
  const lines: string[] = []
  for await (const line of exportRun(store, runId)) lines.push(line)
  const text = lines
    .join('')
    .replaceAll(/"time":\d+/g, '"time":1760000000000')
    .replaceAll(/"ms":\d+/g, '"ms":1')
  writeFileSync(new URL(`../test/fixtures/journals/v${logVersion}-${name}.jsonl`, import.meta.url), text)
}
