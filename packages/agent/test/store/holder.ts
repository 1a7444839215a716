/** A process that holds the run `a` of a store, and appends to it when it is told: `node holder.ts <path> <leaseTime>`. */

import { StoreError, sqliteStore } from '@pawl/agent'
import { logOf, said, started } from './events.ts'

const [, , path = '', leaseTime] = process.argv
const lease = await sqliteStore(path, { leaseTime: Number(leaseTime) }).claim('a')
await lease.append(0, logOf('a', started))
console.log('held')
process.stdin.on('data', async () => {
  const end = await lease.append(1, logOf('a', started, said('theirs')).slice(1)).then(
    () => 'append written',
    (error) => `append refused: ${error instanceof StoreError ? error.reason : error}`,
  )
  console.log(`${end}, lost: ${lease.lost.aborted}`)
})
