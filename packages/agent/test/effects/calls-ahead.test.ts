import { callsTool, callsTools, says, scriptedModel } from '@pawl/testing'
import { type Effect, type ToolContext, tool } from '@pawl/tools'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  agent,
  type Hooks,
  memoryStore,
  type RunEvent,
  type RunStore,
  run,
  StoreError,
  sqliteStore,
} from '../../src/index.ts'
import { failingStore, survivesEveryCrash, turnsByStep } from '../../src/testing/index.ts'
import { withAppend } from '../../src/testing/with-append.ts'
import { storePath } from '../store/files.ts'

type Execute = (context: ToolContext) => unknown

const made = (name: string, execute: Execute, effect: Effect = 'pure', approval = false) =>
  tool({
    ...{ name, description: name, parameters: z.object({}), effect, approval },
    execute: (_, context) => execute(context),
  })

const sync = made('sync', () => 'now')
const async = made('async', async () => 'in this turn')
const slow = made('slow', () => new Promise((resolve) => setTimeout(resolve, 5, 'later')))
const once = made('once', () => 'once', 'once')

/** The types of the events of each append, beside the store. */
function counted(inner: RunStore = memoryStore()) {
  const appends: string[][] = []
  const store = withAppend(inner, (append, _, events) => {
    appends.push(events.map((event) => (event.type === 'tool.done' ? `tool.done ${event.index}` : event.type)))
    return append()
  })
  return { store, appends }
}

/** A store that holds its second append, the first answer, until it is let go. */
function held(inner: RunStore = memoryStore()) {
  const reached = Promise.withResolvers<void>()
  const { promise: gate, resolve: release, reject: refuse } = Promise.withResolvers<void>()
  let number = 0
  const store = withAppend(inner, async (append) => {
    number += 1
    if (number === 2) {
      reached.resolve()
      await gate
    }
    return append()
  })
  return { store, inner, reached: reached.promise, release, refuse }
}

/** All that can happen without the store has happened. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 5))

describe('what is written together', () => {
  test.each([
    ['one that needs no promise', [sync], ['completion.done', 'tool.done 0']],
    ['one that ends in this turn', [async], ['completion.done', 'tool.done 0']],
    ['several', [sync, async], ['completion.done', 'tool.done 0', 'tool.done 1']],
    ['some of them', [slow, sync], ['completion.done', 'tool.done 1'], ['tool.done 0']],
    ['none', [slow], ['completion.done'], ['tool.done 0']],
    ['none of a mixed answer', [sync, once], ['completion.done', 'tool.started'], ['tool.done 0'], ['tool.done 1']],
  ] as const)('%s', async (_, tools, ...written) => {
    const { store, appends } = counted()
    const model = scriptedModel([callsTools(...tools.map(({ name }) => [name, {}] as const)), says('Done.')])
    const { messages } = await run(agent({ model, tools: [sync, async, slow, once] }), 'Go', { store })

    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', ...tools.map(() => 'tool'), 'assistant'])
    const [begun, ...rest] = appends
    expect([begun, rest.slice(-2)]).toEqual([['run.started'], [['completion.done'], ['run.done']]])
    expect(rest.slice(0, -2).flat().sort()).toEqual(written.flat().sort())
    expect(rest[0]).toEqual(written[0])
  })

  test('a run on SQLite whose tools are pure takes one append a step', async () => {
    const inner = sqliteStore(storePath())
    const { store, appends } = counted(inner)
    const model = scriptedModel([callsTool('sync', {}), callsTool('async', {}), says('Done.')])
    const { runId } = await run(agent({ model, tools: [sync, async] }), 'Go', { store })

    expect(appends.length).toBe(5)
    expect((await inner.read(runId)).map(({ type }) => type)).toEqual([
      ...['run.started', 'completion.done', 'tool.done', 'completion.done', 'tool.done', 'completion.done', 'run.done'],
    ])
    inner.close()
  })
})

describe('while the answer is being written', () => {
  test('a pure tool runs, and the write does not wait for it', async () => {
    const { store, reached, release } = held()
    const tooled = Promise.withResolvers<string>()
    let began = false
    const waits = made('waits', () => {
      began = true
      return tooled.promise
    })
    const model = scriptedModel([callsTool('waits', {}), says('Done.')])
    const running = run(agent({ model, tools: [waits] }), 'Go', { store })
    await reached
    expect(began).toBe(true)
    release()
    await settled()
    expect((await store.read(running.runId)).map(({ type }) => type)).toEqual(['run.started', 'completion.done'])
    tooled.resolve('at last')

    expect((await running).text).toBe('Done.')
  })

  test.each(['sync', 'async', 'slow'])('no model is asked, though the %s tool has ended', async (name) => {
    const { store, reached, release } = held()
    const model = scriptedModel([callsTool(name, {}), says('Done.')])
    const running = run(agent({ model, tools: [sync, async, slow] }), 'Go', { store })
    await reached
    await new Promise((resolve) => setTimeout(resolve, 15))
    expect(model.asked.length).toBe(1)
    release()

    expect((await running).text).toBe('Done.')
    expect(model.asked.length).toBe(2)
  })

  test.each<[string, Effect, Hooks, boolean]>([
    ['that is idempotent', 'idempotent', {}, false],
    ['that must run once', 'once', {}, false],
    ['that a hook sees before', 'pure', { beforeTool: () => undefined }, false],
    ['that a hook sees after', 'pure', { afterTool: () => undefined }, false],
    ['that needs approval', 'pure', {}, true],
  ])('no tool begins %s, nor a pure one beside it', async (_, effect, hooks, approval) => {
    const { store, reached, release } = held()
    const began: string[] = []
    const tools = [made('other', () => began.push('other'), effect, approval), made('plain', () => began.push('plain'))]
    const model = scriptedModel([callsTools(['plain', {}], ['other', {}]), says('Done.')])
    const running = run(agent({ model, tools, hooks: [hooks] }), 'Go', {
      store,
      onPending: ({ id }) => ({ id, verdict: 'approve' }),
    })
    await reached
    await settled()
    expect(began).toEqual([])
    release()
    await running

    expect(began.sort()).toEqual(['other', 'plain'])
  })

  test('what is shown of a tool stands behind its answer and in front of its end', async () => {
    const { store, reached, release } = held()
    const tells = made('tells', ({ progress }) => {
      progress('half')
      return 'whole'
    })
    const shown: RunEvent[] = []
    const model = scriptedModel([callsTool('tells', {}), says('Done.')])
    const running = run(agent({ model, tools: [tells] }), 'Go', { store, onEvent: (event) => shown.push(event) })
    await reached
    await settled()
    expect(shown.filter(({ type }) => type === 'tool.done' || type === 'tool.progress')).toEqual([])
    release()
    await running

    const types = shown.map(({ type }) => type).filter((type) => !type.includes('delta'))
    expect(types.slice(0, 4)).toEqual(['run.started', 'completion.done', 'tool.progress', 'tool.done'])
  })
})

describe('an answer that cannot be written', () => {
  /** A tool that watches its signal, or goes on regardless, until it is let go. */
  function waiting() {
    const begun = Promise.withResolvers<AbortSignal>()
    const gave = Promise.withResolvers<string>()
    const waits = made('waits', ({ signal }) => {
      begun.resolve(signal)
      return gave.promise
    })
    const model = scriptedModel(turnsByStep([callsTool('waits', {}), says('Done.')]))
    return { assistant: agent({ model, tools: [waits] }), model, begun: begun.promise, gave }
  }

  test.each(['before it', 'after it', 'in a fault', 'when it is told'])(
    'drops what a tool gives that ended %s, stops the tool, and ends the run as a failing store does',
    async (moment) => {
      const { store, inner, reached, refuse } = held()
      const { assistant, model, begun, gave } = waiting()
      const running = run(assistant, 'Go', { store })
      const ended = running.catch((error: unknown) => error)
      await reached
      const signal = await begun
      if (moment === 'before it') gave.resolve('early')
      if (moment === 'when it is told') signal.addEventListener('abort', () => gave.resolve('stopped'))
      await settled()
      const full = new StoreError('full', 'The disk is full.')
      refuse(full)
      const error = await ended
      if (moment === 'after it') gave.resolve('late')
      if (moment === 'in a fault') gave.reject(new Error('broken'))
      await settled()

      expect(error).toBe(full)
      expect(error).toMatchObject({ code: 'store_error', reason: 'full', runId: running.runId })
      if (moment !== 'before it') expect(signal.aborted).toBe(true)
      expect((await inner.read(running.runId)).map(({ type }) => type)).toEqual(['run.started'])
      expect(model.asked.length).toBe(1)
    },
  )

  test('is told by a store that refuses it at once', async () => {
    const inner = memoryStore()
    const running = run(agent({ model: scriptedModel([callsTool('slow', {}), says('Done.')]), tools: [slow] }), 'Go', {
      store: failingStore(inner, { at: 1 }),
    })
    await expect(running).rejects.toMatchObject({ code: 'store_error', reason: 'full' })
    await settled()

    expect((await inner.read(running.runId)).map(({ type }) => type)).toEqual(['run.started'])
  })

  test('since the run was taken away: nothing more is written, and the tool stops', async () => {
    const { store, inner, reached, release } = held()
    const { assistant, begun, gave } = waiting()
    const running = run(assistant, 'Go', { store })
    const ended = running.catch((error: unknown) => error)
    await reached
    const signal = await begun
    await inner.delete(running.runId)
    release()

    expect(await ended).toMatchObject({ code: 'store_error', reason: 'stale' })
    expect(signal.aborted).toBe(true)
    gave.resolve('late')
    await settled()
    expect(await inner.read(running.runId)).toEqual([])
  })
})

test('a run of pure tools ends the same way after a crash on either side of each append', async () => {
  const turns = [
    callsTools(['sync', {}], ['slow', {}], ['async', {}]),
    callsTool('sync', {}),
    callsTools(['once', {}], ['sync', {}]),
    callsTools(['slow', {}], ['async', {}]),
    says('Done.'),
  ] as const
  const report = await survivesEveryCrash((store) =>
    run(agent({ model: scriptedModel(turnsByStep(turns)), tools: [sync, async, slow, once] }), 'Go', { store }),
  )

  expect(report.crashes).toBe(2 * report.appends)
  expect(report.appends).toBeGreaterThan(8)
})
