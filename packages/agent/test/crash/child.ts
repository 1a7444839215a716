/**
 * One process that runs the refund, or goes on with it, and may kill itself on the way:
 * `node child.ts <store> <effects> <kill>`, where `kill` is `<moment>@<number>` or `none`. Prints how often each moment came.
 */

import { appendFileSync } from 'node:fs'
import { StatementSync } from 'node:sqlite'
import { type RunStore, sqliteStore } from '@pawl/agent'
import type { Moment } from './kills.ts'
import { finishRefund } from './refunds.ts'

const [, , path = '', effects = '', kill = 'none'] = process.argv
const [killed, number] = kill.split('@')
const passed: Partial<Record<Moment, number>> = {}

const store = watched(sqliteStore(path))
await finishRefund(store, (key) => {
  pass('call')
  appendFileSync(effects, `${key}\n`)
  pass('effect')
})
console.log(JSON.stringify(passed))

/** The moment has come once more; the process ends here if this is the one. */
function pass(moment: Moment): void {
  const count = passed[moment] ?? 0
  passed[moment] = count + 1
  if (moment === killed && count === Number(number)) process.kill(process.pid, 'SIGKILL')
}

/** The same store; its appends are followed to the end of their transaction. */
function watched(store: RunStore): RunStore {
  let open = 0
  const begun = () => {
    pass('append')
    open += 1
  }
  const { run } = StatementSync.prototype
  StatementSync.prototype.run = function (this: StatementSync, ...values: any[]) {
    const appends = this.sourceSQL === 'commit' ? open : 0
    for (let each = 0; each < appends; each += 1) pass('inside')
    const changes = Reflect.apply(run, this, values)
    for (let each = 0; each < appends; each += 1) pass('commit')
    open -= appends
    return changes
  }
  return {
    ...store,
    async claim(runId, first) {
      if (first?.length) begun()
      const lease = await store.claim(runId, first)
      const append = lease.append.bind(lease)
      return Object.defineProperty(lease, 'append', {
        value: (...written: Parameters<typeof append>) => {
          begun()
          return append(...written)
        },
      })
    },
  }
}
