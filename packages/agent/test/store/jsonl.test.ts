import { readdirSync, readFileSync } from 'node:fs'
import { exportRun, importRun, memoryStore, type RunStore, sqliteStore } from '@pawl/agent'
import { finalHistory, repeatedSteps } from '@pawl/agent/testing'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { finishRefund } from '../crash/refunds.ts'
import { logOf, said, started } from './events.ts'
import { storePath } from './files.ts'

const journals = new URL('../fixtures/journals/', import.meta.url)
const journal = (name: string) => readFileSync(new URL(name, journals), 'utf8')

async function textOf(store: RunStore, runId: string): Promise<string> {
  let text = ''
  for await (const line of exportRun(store, runId)) text += line
  return text
}

async function storeOf(text: string): Promise<RunStore> {
  const store = memoryStore()
  await importRun(store, text)
  return store
}

test('a run goes from one store to another as lines, and comes back the same', async () => {
  const first = memoryStore()
  await finishRefund(first, () => {})
  const second = sqliteStore(storePath())
  onTestFinished(() => second.close())
  const text = await textOf(first, 'refund')

  expect(await importRun(second, exportRun(first, 'refund'))).toBe('refund')
  expect(await textOf(second, 'refund')).toBe(text)
  expect(await second.read('refund')).toEqual(await first.read('refund'))
  expect(text.endsWith('}\n')).toBe(true)
})

test('the pieces of the text may be cut anywhere', async () => {
  const text = journal('v1-done.jsonl')
  const store = memoryStore()
  await importRun(store, [...text])

  expect(await textOf(store, 'refund')).toBe(text)
})

test.each(readdirSync(journals).filter((name) => name.endsWith('.jsonl') && !name.includes('child')))(
  'the journal %s of an older version loads and goes on to the same end, with no finished step again',
  async (name) => {
    const unbroken = memoryStore()
    await finishRefund(unbroken, () => {})
    const store = await storeOf(journal(name))
    const ended = (await store.read('refund')).flatMap((event) =>
      event.type === 'completion.done'
        ? [`refund/model:${event.step}`]
        : event.type === 'tool.done'
          ? [`refund/tool:${event.step}:${event.index}`]
          : [],
    )
    const happened: string[] = []
    await finishRefund(store, (key) => happened.push(key))

    expect(finalHistory(await store.read('refund'))).toEqual(finalHistory(await unbroken.read('refund')))
    expect(repeatedSteps(await store.read('refund'))).toEqual([])
    expect(happened.filter((key) => ended.includes(key))).toEqual([])
  },
)

test('a text that is cut anywhere gives a beginning of the run, or is refused; the run goes on from it', async () => {
  const text = journal('v1-done.jsonl')
  const whole = await (await storeOf(text)).read('refund')
  await fc.assert(
    fc.asyncProperty(fc.nat(text.length), async (length) => {
      const store = memoryStore()
      const refused = await importRun(store, text.slice(0, length)).then(
        () => undefined,
        (error) => error.reason,
      )
      const events = await store.read('refund')
      if (refused) expect([refused, events]).toEqual(['corrupt', []])
      else expect(events).toEqual(whole.slice(0, events.length))
    }),
    { numRuns: 500 },
  )
})

test('a line that was changed is refused, or stays an event in its place', async () => {
  const lines = journal('v1-done.jsonl').trimEnd().split('\n')
  await fc.assert(
    fc.asyncProperty(fc.nat(lines.length - 1), fc.nat(400), fc.string({ maxLength: 3 }), async (at, from, put) => {
      const line = lines[at] ?? ''
      const changed = line.slice(0, from) + put + line.slice(from + 1)
      const store = memoryStore()
      const text = lines.with(at, changed).join('\n')
      const end = await importRun(store, text).then(
        () => 'loaded',
        (error) => error.reason ?? error.code,
      )
      expect(['loaded', 'corrupt', 'version', 'id']).toContain(end)
      for (const [index, event] of (await store.read('refund')).entries()) expect(event.at).toBe(index)
    }),
    { numRuns: 500 },
  )
})

test.each([
  ['nothing', [], 'corrupt'],
  ['no beginning', logOf('a', said('hello')), 'corrupt'],
  ['two beginnings', logOf('a', started, started), 'corrupt'],
  [
    'an event twice',
    [...logOf('a', started), ...logOf('a', started, said('x')), ...logOf('a', started, said('x')).slice(1)],
    'corrupt',
  ],
  ['events of two runs', [...logOf('a', started), ...logOf('b', started, said('x')).slice(1)], 'corrupt'],
  ['an unknown event', [...logOf('a', started), { type: 'constructor', runId: 'a', at: 1, time: 0 }], 'corrupt'],
  ['an id that is a path', logOf('../a', started), 'id'],
  ['a newer version', logOf('a', { ...started, v: 2 }), 'version'],
])('%s is refused, and nothing is written', async (_, events, reason) => {
  const store = memoryStore()
  const text = events.map((event) => `${JSON.stringify(event)}\n`).join('')

  await expect(importRun(store, text)).rejects.toMatchObject({ code: 'store_error', reason })
  expect(await store.read('a')).toEqual([])
})

test('a run that is there is not overwritten', async () => {
  const store = await storeOf(journal('v1-done.jsonl'))
  await expect(importRun(store, journal('v1-waiting.jsonl'))).rejects.toMatchObject({ code: 'run_exists' })

  expect(await textOf(store, 'refund')).toBe(journal('v1-done.jsonl'))
  expect((await store.claim('refund')).length).toBeGreaterThan(0)
})
