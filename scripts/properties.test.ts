import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

test('a property that is wrong, or does not end in time, prints the seed that repeats it', () => {
  const words = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'scripts/fixtures/vitest.config.ts']
  const env = { ...process.env, PAWL_SEED: '77', NO_COLOR: '1' }
  const { stdout, stderr } = spawnSync(process.execPath, words, { cwd: root, env, encoding: 'utf8' })
  const told = [...stderr.matchAll(/ > (.+)\n.*PAWL_SEED=77 /g)].map(([, name]) => name)
  expect(told).toEqual(['is wrong', 'takes too long', 'never ends'])
  expect(stdout).toMatch(/3 failed.*1 passed/)
})
