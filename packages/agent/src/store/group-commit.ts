/** One transaction for all appends of a turn of the event loop: many runs share the cost of one sync to disk. */

import { type DatabaseSync, storeFault } from './sqlite.ts'

/** Work inside the transaction; what it returns is run once the transaction is on disk. */
type Work = () => (() => void) | undefined

interface Waiting {
  readonly work: Work
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

export function groupCommit(database: DatabaseSync, path: string): (work: Work) => Promise<void> {
  let waiting: Waiting[] = []
  const flush = () => {
    const batch = waiting
    waiting = []
    const settle: (() => void)[] = []
    try {
      database.exec('begin immediate')
      for (const { work, resolve, reject } of batch) {
        // Each append stands or falls by itself: one that is refused takes nobody with it.
        database.exec('savepoint append')
        try {
          const after = work()
          settle.push(() => {
            after?.()
            resolve()
          })
        } catch (error) {
          database.exec('rollback to append')
          settle.push(() => reject(storeFault(error, path)))
        }
        database.exec('release append')
      }
      database.exec('commit')
    } catch (cause) {
      if (database.isTransaction) database.exec('rollback')
      for (const { reject } of batch) reject(storeFault(cause, path))
      return
    }
    for (const each of settle) each()
  }
  return (work) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush)
      waiting.push({ work, resolve, reject })
    })
}
