/** How many cases each property runs, and the seed of this run: `PAWL_SEED=… npm test` repeats it. */

import fc from 'fast-check'
import { afterEach } from 'vitest'

const deep = process.env['PAWL_DEEP'] === '1'
const seed = Number(process.env['PAWL_SEED'] ?? Date.now() % 2 ** 31)

fc.configureGlobal({ numRuns: deep ? 10_000 : 1_000, seed, verbose: fc.VerbosityLevel.None })

// A property that takes too long is ended without its own word of what it did.
afterEach(({ task }) => {
  if (task.result?.state === 'fail') console.error(`The seed of its properties: PAWL_SEED=${seed} repeats it.`)
})
