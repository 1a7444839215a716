import { defineConfig } from 'vitest/config'

/** Milliseconds. With ten times the cases, properties take ten times as long. */
const limit = process.env['PAWL_DEEP'] === '1' ? 600_000 : 60_000

/** One run over every package, example and page of the docs. */
export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.test.ts', 'examples/**/*.test.ts', 'docs/**/*.test.ts', 'scripts/**/*.test.ts'],
    setupFiles: ['scripts/properties.ts'],
    testTimeout: limit,
    hookTimeout: limit,
  },
})
