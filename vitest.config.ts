import { defineConfig } from 'vitest/config'

/** One run over every package, example and page of the docs. */
export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.test.ts', 'examples/**/*.test.ts', 'docs/**/*.test.ts', 'scripts/**/*.test.ts'],
    setupFiles: ['scripts/properties.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
