import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const main = fileURLToPath(new URL('main.ts', import.meta.url))

test('the tour shows tool calls, typed values and a run that survives a kill', async () => {
  const { code, stdout, stderr } = await tour([])
  expect(code, stderr).toBe(0)
  expect(stderr).toContain('→ get_product {"sku":"P-101"}\n  → get_product {"sku":"P-202"}')
  expect(stdout).toMatch(/Copper kettle/)
  expect(stdout).toMatch(/total +number +129\.47/)
  expect(stderr).toContain('process ended by SIGKILL')
  expect(stderr).toMatch(/on disk when process 2 was killed: \d+ events, 3 steps/)
  expect(stderr).toContain('steps of the finished run: 4; of those on disk asked again by process 3: 0')
  expect(stderr).toContain('refunds made before the kill: 1, in all: 1')
  expect(stderr).toContain('messages sent: 1')
})

test('a question is answered from the data', async () => {
  const { code, stdout } = await tour(['How many orders has Lena Fischer placed, and what did they cost in total?'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/6 orders[^\n]*360\.6/)
})

test('an unknown option is one line and exit code 2', async () => {
  const { code, stdout, stderr } = await tour(['--nonsense'])
  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toMatch(/--nonsense[\s\S]*Usage: npm start/)
  expect(stderr).not.toMatch(/\n\s+at /)
})

test('an explicit server that does not answer is told, and nothing else is tried', async () => {
  const { code, stdout, stderr } = await tour(['Hello'], { PAWL_BASE_URL: 'http://127.0.0.1:9/v1', PAWL_MODEL: 'none' })
  expect(code).toBe(5)
  expect(stdout).toBe('')
  expect(stderr).toMatch(/127\.0\.0\.1:9 refused the connection/)
  expect(stderr).not.toContain('offline')
})

test('an interrupted run is saved, and the command that resumes it is printed', async () => {
  const { code, stderr } = await tour(['What are the price and stock of P-101 and P-202?'], {}, /→ get_product/)
  expect(code).toBe(130)
  const runId = /--resume (\S+)/.exec(stderr)?.[1] ?? ''
  const resumed = await tour(['--resume', runId])
  expect(resumed.code, resumed.stderr).toBe(0)
  expect(resumed.stdout).toMatch(/Copper kettle/)
})

/** @param interruptAt sends Ctrl-C when the notes say this */
function tour(
  args: string[],
  env: Record<string, string> = {},
  interruptAt?: RegExp,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const clean = {
    PAWL_LOCAL: '0',
    NO_COLOR: '1',
    OPENAI_API_KEY: '',
    OPENAI_BASE_URL: '',
    PAWL_BASE_URL: '',
    PAWL_MODEL: '',
  }
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, ...clean, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr, interrupted] = ['', '', false]
  child.stdout.on('data', (piece) => {
    stdout += piece
  })
  child.stderr.on('data', (piece) => {
    stderr += piece
    if (interrupted || !interruptAt?.test(stderr)) return
    interrupted = true
    child.kill('SIGINT')
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })))
}
