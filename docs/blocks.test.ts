/** Every code block of the pages type-checks, runs, and prints what the page says. */

import { spawn } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Block, blocksOf } from './blocks.ts'

const docs = dirname(fileURLToPath(import.meta.url))
const root = dirname(docs)
const folder = join(docs, '.blocks')
const pages = [
  join(root, 'README.md'),
  ...globSync('**/*.md', { cwd: docs, exclude: ['node_modules', '.blocks'] }).map((page) => join(docs, page)),
]
const blocks = pages.flatMap((page) => blocksOf(relative(root, page), readFileSync(page, 'utf8')))
const files = new Map(blocks.map((block) => [block, `${block.place.replaceAll(/[^a-z0-9]+/gi, '-')}.ts`]))

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

let types: Promise<Ended>
const runs = new Map<Block, Promise<Ended>>()

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [block, file] of files) writeFileSync(join(folder, file), block.code)
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: '../../tsconfig.json', include: ['*.ts'], exclude: [] }),
  )
  const slots = [Promise.resolve<unknown>(undefined), Promise.resolve<unknown>(undefined)]
  types = start('tsc', ['--noEmit', '-p', folder])
  slots[0] = types
  for (const [at, block] of blocks.filter(({ runs }) => runs).entries()) {
    const slot = at % slots.length
    const run = (slots[slot] ?? Promise.resolve()).then(() =>
      start(process.execPath, [join(folder, files.get(block) ?? '')]),
    )
    runs.set(block, run)
    slots[slot] = run
  }
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('there are blocks on every page of a part', () => {
  const parts = ['start', 'client', 'schema', 'tools', 'structured', 'agent', 'testing', 'offline']
  const without = parts.filter((part) => !blocks.some(({ place, runs }) => runs && place.startsWith(`docs/${part}.md`)))
  expect(without).toEqual([])
})

test('every block is right for the type checker', async () => {
  const { code, stdout } = await types
  expect(stdout).toBe('')
  expect(code).toBe(0)
})

describe('a block runs, and prints what its page says', () => {
  test.each(blocks.filter(({ runs }) => runs).map((block) => [block.place, block] as const))('%s', async (_, block) => {
    const ended = await runs.get(block)
    expect(ended?.code, ended?.stderr).toBe(0)
    if (block.output !== undefined) expect(ended?.stdout.trimEnd()).toBe(block.output.trimEnd())
  })
})

/** Without a key, without a search for local servers, and without the warnings of the runtime about its own features. */
function start(command: string, args: readonly string[]): Promise<Ended> {
  const { OPENAI_API_KEY: _, OPENAI_BASE_URL: __, ...env } = process.env
  const child = spawn(command, args, {
    cwd: folder,
    env: {
      ...env,
      PAWL_LOCAL: '0',
      NO_COLOR: '1',
      NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
      PATH: `${join(root, 'node_modules/.bin')}:${env['PATH']}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (text) => (stdout += text))
  child.stderr.on('data', (text) => (stderr += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}
