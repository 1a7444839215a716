/** Ctrl-C stops a run where it can go on, and says how; a second one ends the process. */

import type { Run } from 'pawl'
import { note } from './page.ts'

/**
 * Waits for the end of the run.
 * @param goOn the command that goes on with it
 */
export async function interruptible<O>(running: Run<O>, goOn: string) {
  const interrupt = () => {
    process.once('SIGINT', () => process.exit(130))
    running.abort('interrupted')
    note(`\nThe run is saved. Go on with: ${goOn}`)
    process.exitCode = 130
  }
  process.once('SIGINT', interrupt)
  try {
    return await running
  } finally {
    process.off('SIGINT', interrupt)
  }
}
