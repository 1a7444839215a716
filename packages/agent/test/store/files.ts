/** Files for tests of real stores: a folder of its own each, gone when the test is over. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

export function storePath(name = 'runs.db'): string {
  const folder = mkdtempSync(join(tmpdir(), 'pawl-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, name)
}
