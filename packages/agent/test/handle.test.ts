import { callsTool, says, scriptedModel, stalls } from '@pawl/testing'
import { expect, test } from 'vitest'
import { agent, memoryStore, type RunEvent, resume, run } from '../src/index.ts'
import { weather } from './tools.ts'

const coat = () =>
  agent({ model: scriptedModel([callsTool('weather', { city: 'Oslo' }), says('Take a coat.')]), tools: [weather] })

test('a run starts by itself, has its id at once, and gives its text in pieces', async () => {
  const running = run(coat(), 'hi')
  expect(running.runId).toMatch(/^run_[a-z0-9]+$/)
  const pieces: string[] = []
  for await (const piece of running.textStream) pieces.push(piece)
  expect(pieces.join('')).toBe('Take a coat.')
})

test('an iterator that starts late first gets the recorded events', async () => {
  const running = run(coat(), 'hi')
  await running
  const seen: RunEvent[] = []
  for await (const event of running) seen.push(event)
  expect(seen.map(({ type }) => type)).toEqual([
    'run.started',
    'completion.done',
    'tool.done',
    'completion.done',
    'run.done',
  ])
})

test('a second iterator is refused', async () => {
  const running = run(coat(), 'hi')
  for await (const _ of running);
  expect(() => running[Symbol.asyncIterator]().next()).toThrow
  await expect(
    (async () => {
      for await (const _ of running);
    })(),
  ).rejects.toMatchObject({ code: 'already_read' })
})

test('leaving the iterator aborts a run that nobody awaits, and it can go on later', async () => {
  const store = memoryStore()
  const assistant = coat()
  const running = run(assistant, 'hi', { store })
  for await (const event of running) if (event.type === 'tool.done') break
  const log = await store.read(running.runId)
  expect(log.at(-1)).toMatchObject({ type: 'run.stopped', reason: 'aborted' })
  expect(await resume(assistant, running.runId, { store })).toMatchObject({ status: 'done', text: 'Take a coat.' })
})

test('an abort settles a model that stalls', async () => {
  const controller = new AbortController()
  const running = run(agent({ model: scriptedModel([stalls()]) }), 'hi', { signal: controller.signal })
  running.on('run.started', () => controller.abort('enough'))
  await expect(running).rejects.toMatchObject({ code: 'aborted', runId: running.runId, cause: 'enough' })
})

test('a message that is sent joins at the next step and is confirmed', async () => {
  const model = scriptedModel([callsTool('weather', { city: 'Oslo' }), says('Both need coats.')])
  const running = run(agent({ model, tools: [weather] }), 'Oslo?')
  const sent = running.send('also Bergen')
  const { messages } = await running
  await sent
  expect(messages.map(({ role }) => role)).toEqual(['user', 'user', 'assistant', 'tool', 'assistant'])
  await expect(running.send('too late')).rejects.toMatchObject({ code: 'run_ended' })
})

test('a listener that throws breaks no run', async () => {
  const lost: unknown[] = []
  const note = (error: unknown) => lost.push(error)
  const before = process.rawListeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', note)
  try {
    const result = await run(agent({ model: scriptedModel([says('ok')]) }), 'hi', {
      onEvent: () => {
        throw new Error('broken sink')
      },
    })
    await new Promise(setImmediate)
    expect(result.status).toBe('done')
    expect(lost.length).toBeGreaterThan(0)
  } finally {
    process.removeListener('unhandledRejection', note)
    for (const listener of before) process.on('unhandledRejection', listener as never)
  }
})

test('an error that nobody sees is one unhandled rejection; one that is seen is none', async () => {
  const lost: unknown[] = []
  const note = (error: unknown) => lost.push(error)
  const before = process.rawListeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', note)
  try {
    const broken = () => run(agent({ model: scriptedModel([]) }), 'hi')
    await broken().catch(() => {})
    const iterated = broken()
    await expect(
      (async () => {
        for await (const _ of iterated);
      })(),
    ).rejects.toThrow()
    await new Promise(setImmediate)
    expect(lost).toEqual([])
    broken()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(lost).toHaveLength(1)
  } finally {
    process.removeListener('unhandledRejection', note)
    for (const listener of before) process.on('unhandledRejection', listener as never)
  }
})
