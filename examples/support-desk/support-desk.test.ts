import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { callsTool, faultServer, says } from '@pawl/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { startApp } from '../app/start-app.ts'

const folder = mkdtempSync(join(tmpdir(), 'pawl-desk-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const request = 'Please refund order ORD-1042 because the kettle arrived with a dent.'

describe.concurrent('support desk', () => {
  test('a refund that dies between its effect and its record is reported in doubt, and not paid twice', async () => {
    const { desk, ledger } = deskIn('crash')
    const asked = await desk('ask', request)
    expect(asked.code, asked.stderr).toBe(0)
    expect(asked.stderr).toContain('triage hands over to refunds')
    expect(asked.stderr).toContain(
      'pays 64.90 euros back, more than 20; the customer says: the kettle arrived with a dent',
    )
    const runId = runOf(asked.stderr)

    const killed = await desk('approve', runId, '--crash-at', 'refund')
    expect([killed.signal, killed.stdout, ledger()]).toEqual(['SIGKILL', '', [{ order_id: 'ORD-1042', total: 64.9 }]])
    expect((await desk('waiting')).stdout).toBe(`${runId}  its process ended under way\n`)

    const resumed = await desk('resume', runId)
    expect(resumed.stderr).toMatch(
      /waiting[\s\S]*refund_order .*had begun when its process died, and may have happened/,
    )
    const hasty = await desk('approve', runId)
    expect([hasty.code, hasty.stdout]).toEqual([2, ''])

    const settled = await desk('happened', runId)
    expect(settled.stdout).toMatch(/ORD-1042.*paid true/)
    expect(ledger()).toHaveLength(1)
    expect(await desk('waiting')).toMatchObject({ stdout: '', stderr: 'No run waits.\n' })
  })

  test('what waits is listed with its reason; denied, the model is told why and nothing is paid', async () => {
    const { desk, ledger } = deskIn('deny')
    const runId = runOf((await desk('ask', request)).stderr)
    expect((await desk('waiting')).stdout).toMatch(new RegExp(`^${runId} {2}refund_order .*: pays 64.90 euros back`))
    const denied = await desk('deny', runId, 'send it back first')
    expect(denied.code, denied.stderr).toBe(0)
    expect(denied.stderr).toContain('send it back first')
    expect(ledger()).toEqual([])
  })

  test('a question is answered by triage; commands that make no sense end with code 2', async () => {
    const { desk } = deskIn('ask')
    expect((await desk('ask', 'What is the status of order ORD-1042?')).stdout).toMatch(/delivered/)
    expect(await desk('approve', 'run_nowhere')).toMatchObject({
      code: 2,
      stderr: 'There is no run run_nowhere; `waiting` lists them.\n',
    })
    expect(await desk('celebrate', 'it')).toMatchObject({ code: 2, stdout: '' })
  })

  test('a model that is set up decides by itself when to hand over', async () => {
    await using server = await faultServer({ script: [callsTool('handoff_to_refunds'), says('Which order is it?')] })
    const words = ['ask', 'My kettle has a dent.', '--store', join(folder, 'real')]
    const asked = await startApp('support-desk', words, { env: { PAWL_BASE_URL: server.url } })
    expect(asked).toMatchObject({ code: 0, stdout: 'Which order is it?\n' })
    expect(asked.stderr).toContain('triage hands over to refunds')
    expect(asked.stderr).not.toContain('a script')
  })
})

/** A desk with a folder of its own, and what its refunds paid. */
function deskIn(name: string) {
  const store = join(folder, name)
  return {
    desk: (...words: string[]) => startApp('support-desk', [...words, '--store', store]),
    ledger: (): unknown[] => {
      try {
        return readFileSync(join(store, 'ledger.jsonl'), 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line))
      } catch {
        return []
      }
    },
  }
}

function runOf(text: string): string {
  return /run_\w+/.exec(text)?.[0] ?? ''
}
