import { callsTool, says, scriptedModel } from '@pawl/testing'
import { expect, test } from 'vitest'
import { agent, approve, fold, memoryStore, type RecordedEvent, resume, run, type StoredEvent } from '../src/index.ts'
import { weather } from './tools.ts'

test('time that a run waits, is stopped, or has failed is no part of its duration', async () => {
  const store = memoryStore()
  const model = scriptedModel([callsTool('weather', { city: 'Oslo' }), says('Cold.')])
  const assistant = agent({ model, tools: [{ ...weather, approval: true }] })
  const { runId, pending } = await run(assistant, 'Weather?', { store })
  await resume(assistant, runId, { store, decisions: pending.map(approve) })
  const log = await store.read(runId)
  const days = (event: StoredEvent, index: number): StoredEvent => ({
    ...event,
    time: index * 10 + (index > log.findIndex(({ type }) => type === 'run.waiting') ? 86_400_000 : 0),
  })
  const state = fold(log.map(days))
  expect((state?.time ?? 0) - (state?.startedAt ?? 0)).toBe((log.length - 2) * 10)
})

test('a log that does not begin with its start is refused', () => {
  const event: RecordedEvent = { type: 'run.done', text: '' }
  expect(() => fold([{ ...event, runId: 'r', at: 0, time: 0 }])).toThrow(/begins with run.started/)
})
