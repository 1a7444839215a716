/** Asks for each run that it is told, writes its first event, and keeps it: `node contestant.ts <store>`. */

import { createInterface } from 'node:readline'
import { StoreError, sqliteStore } from '@pawl/agent'
import { logOf, started } from '../store/events.ts'

const store = sqliteStore(process.argv[2] ?? '')
for await (const runId of createInterface({ input: process.stdin })) console.log(await contest(runId))
store.close()

async function contest(runId: string): Promise<string> {
  try {
    const log = logOf(runId, started)
    // In one step with the claim, and in a step of its own.
    const lease = await store.claim(runId, /[02468]$/.test(runId) ? log : [])
    if (!lease.begun) await lease.append(lease.length, log)
    return 'written'
  } catch (error) {
    return error instanceof StoreError ? error.reason : String(error)
  }
}
