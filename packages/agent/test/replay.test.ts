import { callsTool, callsTools, fails, says, scriptedModel, type Turn } from '@pawl/testing'
import { ToolError, tool } from '@pawl/tools'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { agent, agentAsTool, edit, memoryStore, replay, run } from '../src/index.ts'
import { payments, weather } from './tools.ts'

const broken = tool({
  name: 'broken',
  description: 'd',
  parameters: z.object({}),
  effect: 'pure',
  execute: () => {
    throw new ToolError('It is broken.')
  },
})

/** A run with about everything in it, and its record. */
async function recorded() {
  const { paid, pay } = payments()
  const child = agent({ name: 'child', model: scriptedModel([says('4 degrees')]) })
  const turns: Turn[] = [
    callsTools(['weather', { city: 'Oslo' }], ['broken', {}], ['pay', { amount: 5 }], ['research', { input: 'Oslo' }]),
    ...[1, 2, 3].map(() => callsTools(['weather', { city: 'Oslo' }], ['broken', {}])),
    callsTool('weather', '{"city":'),
    says('Take a coat.'),
    says('And boots.'),
  ]
  const build = (script: readonly Turn[]) =>
    agent({
      model: scriptedModel(script),
      tools: [weather, broken, { ...pay, approval: true }, agentAsTool(child, { name: 'research', description: 'd' })],
    })
  const store = memoryStore()
  const result = await run(build(turns), 'A coat?', { store, onPending: (pending) => edit(pending, { amount: 4 }) })
  return { paid, build, result, events: await store.read(result.runId) }
}

const silent = [fails(new Error('a replay asks no model'))]
const kept = (events: readonly { type: string }[]) =>
  events.map((event) => ({ ...event, time: 0, ms: 0 })).filter(({ type }) => !type.includes('delta'))

test('a recorded run replays to equal events, without a model and without a tool', async () => {
  const { paid, build, result, events } = await recorded()
  const again = replay(build(silent), events)
  const seen: { type: string }[] = []
  for await (const event of again) seen.push(event)
  expect(
    kept(seen)
      .map(({ type }) => type)
      .toSorted(),
  ).toEqual(
    kept(events)
      .map(({ type }) => type)
      .toSorted(),
  )
  const { usage: _, ...same } = result
  expect(await again).toMatchObject(same)
  expect(paid).toEqual([4])
})

test('live tools run again, models do not', async () => {
  const { pay, paid } = payments()
  const store = memoryStore()
  const build = (turns: readonly Turn[]) => agent({ model: scriptedModel(turns), tools: [pay] })
  const { runId } = await run(build([callsTool('pay', { amount: 1 }), says('Paid.')]), 'Pay', { store })
  expect(await replay(build(silent), await store.read(runId), { tools: 'live' })).toMatchObject({ text: 'Paid.' })
  expect(paid).toEqual([1, 1])
})

test('a difference names the event, what is on record, and what came', async () => {
  const { build, events } = await recorded()
  const changed = { ...weather, name: 'forecast' }
  const other = agent({ model: scriptedModel(silent), tools: [changed, broken] })
  await expect(replay(other, events)).rejects.toMatchObject({
    code: 'replay_differs',
    at: expect.any(Number),
    expected: { step: 1 },
    actual: { type: 'tool.done', isError: true, callId: 'call_1' },
  })
  await expect(replay(build(silent), events.slice(0, -1))).rejects.toMatchObject({ actual: { type: 'run.stopped' } })
})

test('messages that were sent into the run join the replay where they joined the run', async () => {
  const store = memoryStore()
  const slow = tool({
    name: 'slow',
    description: 'd',
    parameters: z.object({}),
    execute: async () => {
      void under.send('Also Bergen.')
      return 'ok'
    },
  })
  const build = (turns: readonly Turn[]) => agent({ model: scriptedModel(turns), tools: [slow] })
  const under = run(build([callsTool('slow', {}), says('Both.')]), 'Oslo?', { store })
  await under
  const events = await store.read(under.runId)
  expect(events.map(({ type }) => type)).toContain('message.added')
  expect(await replay(build(silent), events)).toMatchObject({ text: 'Both.' })
})

test('a record of a run that was resumed replays without its pauses', async () => {
  const store = memoryStore()
  const { pay } = payments()
  const build = (turns: readonly Turn[]) => agent({ model: scriptedModel(turns), tools: [{ ...pay, approval: true }] })
  const { resume, approve } = await import('../src/index.ts')
  const first = build([callsTool('pay', { amount: 1 }), says('Paid.')])
  const waiting = await run(first, 'Pay', { store })
  await resume(first, waiting.runId, { store, decisions: waiting.pending.map(approve) })
  expect(await replay(build(silent), await store.read(waiting.runId))).toMatchObject({ status: 'done', text: 'Paid.' })
})

test('a record of a run that went on under other limits replays under them', async () => {
  const store = memoryStore()
  const { resume } = await import('../src/index.ts')
  const steps = Array.from({ length: 5 }, (_, page) => callsTool('weather', { city: `Oslo ${page}` }))
  const turns = [...steps.slice(0, 2), says('Two so far.'), ...steps.slice(2), says('All of it.')]
  const build = (script: readonly Turn[]) => agent({ model: scriptedModel(script), tools: [weather] })
  const first = build(turns)
  const stopped = await run(first, 'All', { store, limits: { steps: 3 } })
  expect(stopped).toMatchObject({ status: 'stopped', stoppedBy: { limit: 'steps', allowed: 3 } })
  const done = await resume(first, stopped.runId, { store, limits: { steps: 20 } })
  expect(done).toMatchObject({ status: 'done', text: 'All of it.', steps: 7 })
  const log = await store.read(stopped.runId)
  expect(log.find((event) => event.type === 'run.resumed')).toMatchObject({ limits: { steps: 20 } })
  expect(await replay(build(silent), log)).toMatchObject({ status: 'done', text: 'All of it.', steps: 7 })
})

test('a record of a run that failed and went on under other limits replays under them', async () => {
  const store = memoryStore()
  const { resume } = await import('../src/index.ts')
  const steps = Array.from({ length: 4 }, (_, page) => callsTool('weather', { city: `Oslo ${page}` }))
  const build = (script: readonly Turn[]) => agent({ model: scriptedModel(script), tools: [weather] })
  const first = build([...steps.slice(0, 2), fails(new Error('gone')), ...steps.slice(2), says('All of it.')])
  const runId = 'failing'
  await expect(run(first, 'All', { store, runId, limits: { steps: 4 } })).rejects.toThrow('gone')
  expect(await resume(first, runId, { store, limits: { steps: 20 } })).toMatchObject({ status: 'done', steps: 5 })
  const log = await store.read(runId)
  expect(await replay(build(silent), log)).toMatchObject({ status: 'done', text: 'All of it.', steps: 5 })
})
