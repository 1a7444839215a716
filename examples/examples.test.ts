import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const folder = fileURLToPath(new URL('.', import.meta.url))
const programs = readdirSync(folder).filter(
  (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'run.ts',
)

/** What each program must say; a program without a line here must at least say something and end well. */
const says: Readonly<Record<string, RegExp>> = {
  '01-complete.ts': /finish reason stop/,
  '02-stream.ts': /finish reason stop/,
  '03-stream-raw.ts': /\d+ chunks/,
  '04-tools.ts': /54/,
  '05-custom-tool.ts': /"content":"42"/,
  '06-structured.ts': /INV-2026-0314: 129\.47 from 2026/,
  '07-partials.ts': /Copper kettle: 64\.90\nOak board: 29\.90/,
  '08-agent.ts': /ORD-1066[\s\S]*3 steps/,
  '09-parallel-tools.ts': /call_1, call_2, call_3 Written\./,
  '10-approval.ts': /waiting \[ '64\.9 is more than a clerk may refund' \]\ndone The refund is made\./,
  '11-resume.ts': /There are 54 pieces\. Counted 1 time\./,
  '12-handoff.ts': /Your invoice is paid\./,
  '13-agents-as-tools.ts': /Pack a coat/,
  '14-limits.ts': /stopped 3 I searched[\s\S]*auto, auto, none/,
  '15-replay-and-fork.ts': /Take a coat\. 2\nNimm einen Mantel\./,
  'unruly-tools.ts': /One of the five worked: 42\./,
  '16-steering.ts': /user → assistant → tool → user → assistant/,
  'live-partials.ts': /2026-017: 3 lines, 107\.30, due in 2026/,
}

describe.concurrent('examples', () => {
  test.each(programs)('%s runs and says what it promises', async (name) => {
    const { code, stdout, stderr } = await runProgram(name)
    expect(code, stderr).toBe(0)
    expect(stdout).toMatch(says[name] ?? /\S/)
  })
})

test('the small programs stay small', async () => {
  const { readFileSync } = await import('node:fs')
  const long = programs.filter(
    (name) => /^\d\d-/.test(name) && readFileSync(`${folder}${name}`, 'utf8').split('\n').length > 41,
  )
  expect(long).toEqual([])
})

function runProgram(name: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const env = { ...process.env, PAWL_LOCAL: '0', NO_COLOR: '1', OPENAI_API_KEY: '', OPENAI_BASE_URL: '' }
  const child = spawn(process.execPath, [`${folder}${name}`], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (piece) => {
    stdout += piece
  })
  child.stderr.on('data', (piece) => {
    stderr += piece
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })))
}
