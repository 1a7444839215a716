/** How many cases each property runs, and the seed of this run: `PAWL_SEED=… npm test` repeats it. */

import fc from 'fast-check'

const deep = process.env['PAWL_DEEP'] === '1'
const seed = Number(process.env['PAWL_SEED'] ?? Date.now() % 2 ** 31)

fc.configureGlobal({ numRuns: deep ? 10_000 : 1_000, seed, verbose: fc.VerbosityLevel.None })
