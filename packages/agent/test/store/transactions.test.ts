/** How often a run of each kind goes to disk. */

import { agent, approve, type Hooks, type Limits, resume, run, type SqliteStore, sqliteStore } from '@pawl/agent'
import { callsTool, callsTools, fails, says, scriptedModel } from '@pawl/testing'
import { type Effect, tool } from '@pawl/tools'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { storePath, transactions } from './files.ts'

const made = (name: string, effect: Effect, approval = false) =>
  tool({ ...{ name, description: name, effect, approval }, parameters: z.object({}), execute: () => name })
const tools = [made('look', 'pure'), made('send', 'once'), made('pay', 'once', true)]
const calls = (name: string) => callsTool(name, {})

test.each([
  ['an answer', [says('Done.')], ['start', 'answer', 'end']],
  ['steps of pure tools', [calls('look'), calls('look'), says('Done.')], ['start', 'step', 'step', 'answer', 'end']],
  ['a call that must not run twice', [calls('send'), says('Done.')], ['start', 'intent', 'result', 'answer', 'end']],
  ['a run that fails', [fails(new Error('down'))], ['start', 'end']],
  ['a run that waits', [calls('pay')], ['start', 'answer', 'question', 'wait']],
  ['a run that is stopped', [calls('look')], ['start', 'step', 'end'], { steps: 1 }],
] as const)('%s', async (_, turns, written, limits: Limits = {}) => {
  const { store, path } = opened()
  await run(agent({ model: scriptedModel(turns), tools, limits }), 'Go', { store }).catch(() => {})

  expect(transactions(path)).toBe(['tables', ...written].length)
})

test('a run that goes on is claimed, and let go with its end', async () => {
  const { store, path } = opened()
  const assistant = agent({ model: scriptedModel([calls('pay'), says('Paid.')]), tools })
  const { runId, pending } = await run(assistant, 'Go', { store })
  const before = transactions(path)
  await resume(assistant, runId, { store, decisions: pending.map(approve) })

  expect(transactions(path) - before).toBe(['claim', 'decision', 'intent', 'result', 'answer', 'end'].length)
})

test('a run that a hook stops is held until the calls beside that one are written', async () => {
  const { store } = opened()
  const slow = tool({
    ...{ name: 'slow', description: 'slow', effect: 'pure', parameters: z.object({}) },
    execute: () => new Promise((resolve) => setTimeout(resolve, 5, 'slow')),
  })
  const hooks: Hooks = { afterTool: (_, { name }) => (name === 'look' ? { stop: 'seen enough' } : undefined) }
  const model = scriptedModel([callsTools(['slow', {}], ['look', {}])])
  const { status, runId } = await run(agent({ model, tools: [...tools, slow], hooks }), 'Go', { store })

  expect(status).toBe('stopped')
  expect((await store.read(runId)).map(({ type }) => type)).toEqual([
    ...['run.started', 'completion.done', 'tool.done', 'run.stopped', 'tool.done'],
  ])
  expect(await store.claim(runId)).toMatchObject({ length: 5 })
})

function opened(): { store: SqliteStore; path: string } {
  const path = storePath()
  const store = sqliteStore(path)
  onTestFinished(() => store.close())
  return { store, path }
}
