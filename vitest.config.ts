import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

/** Milliseconds. With ten times the cases, properties take ten times as long. */
const limit = process.env['PAWL_DEEP'] === '1' ? 600_000 : 60_000

/** One run over every package, example and page of the docs. */
export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.test.ts', 'examples/**/*.test.ts', 'docs/**/*.test.ts', 'scripts/**/*.test.ts'],
    setupFiles: ['scripts/properties.ts'],
    // One for each core: vitest would leave one of them free, which of two is half.
    maxWorkers: '100%',
    testTimeout: limit,
    hookTimeout: limit,
    // The programs that tests start load the same files; half of their time is compiling them.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'pawl-compiled') },
  },
})
