// Everything that `npm test` checks, in one count: lint and format, types, then every test of the workspace.
// The last line is `N passed, N failed`.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const deep = process.argv.includes('--deep')
const seed = process.env.PAWL_SEED ?? String(Date.now() % 2 ** 31)
console.log(`property seed ${seed} (repeat with PAWL_SEED=${seed})`)

const checks = [
  check('lint and format', 'biome', ['check', '.', '--error-on-warnings']),
  check('types', 'tsc', ['--noEmit']),
]
const tests = runTests()

const passed = checks.filter(Boolean).length + tests.passed
const failed = checks.filter((ok) => !ok).length + tests.failed
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && tests.passed > 0 ? 0 : 1)

function check(name, command, args) {
  const ok = spawnSync(command, args, { stdio: 'inherit' }).status === 0
  console.log(`${ok ? 'ok' : 'FAILED'}: ${name}`)
  return ok
}

/** One vitest for the whole workspace. A run that ends badly counts as a failure even when no test failed. */
function runTests() {
  const folder = mkdtempSync(join(tmpdir(), 'pawl-test-'))
  const report = join(folder, 'report.json')
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const env = { ...process.env, PAWL_SEED: seed, PAWL_LOCAL: '0', ...(deep && { PAWL_DEEP: '1' }) }
  const { status } = spawnSync('vitest', args, { stdio: 'inherit', env })
  try {
    const {
      numPassedTests,
      numFailedTests,
      numPendingTests = 0,
      numTodoTests = 0,
    } = JSON.parse(readFileSync(report, 'utf8'))
    const skipped = numPendingTests + numTodoTests
    if (skipped > 0) console.log(`SKIPPED: ${skipped} tests`)
    return { passed: numPassedTests, failed: Math.max(numFailedTests, status === 0 ? 0 : 1) }
  } catch {
    return { passed: 0, failed: 1 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
