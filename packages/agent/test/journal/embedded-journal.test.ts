import { memoryStore, type RecordedEvent, type RunEvent, type StoredEvent } from '@pawl/agent'
import { failingStore } from '@pawl/agent/testing'
import { expect, test } from 'vitest'
import { embeddedJournal } from '../../src/journal/embedded-journal.ts'
import { said, started } from '../store/events.ts'

async function journalOf(store = memoryStore(), controller = new AbortController()) {
  const lease = await store.claim('a')
  const shown: RunEvent[] = []
  const journal = embeddedJournal({
    lease,
    signal: controller.signal,
    now: () => 7,
    show: (event) => shown.push(event),
    watched: () => true,
    decide: async () => undefined,
    sent: () => [],
    abandon: (reason) => controller.abort(reason),
  })
  return { journal, store, shown, controller }
}

const stamped = (at: number, event: RecordedEvent): StoredEvent => ({ ...event, runId: 'a', at, time: 7 })

test('the events of an effect are given back as they were written, and shown once they are durable', async () => {
  const { journal, store, shown } = await journalOf()
  await journal.note([started])
  const written = await journal.perform('model:1', async ({ key }) => [said(key), said('two')])

  expect(written).toEqual([stamped(1, said('a/model:1')), stamped(2, said('two'))])
  expect(await store.read('a')).toEqual([stamped(0, started), ...written])
  expect(shown).toEqual(await store.read('a'))
})

test('live events carry the place of the last recorded one, and are not written', async () => {
  const { journal, store, shown } = await journalOf()
  await journal.note([started])
  await journal.perform('model:1', async ({ live }) => {
    live({ type: 'text.delta', delta: 'Hel' })
    return []
  })

  expect(shown.at(-1)).toEqual({ type: 'text.delta', delta: 'Hel', runId: 'a', at: 0, time: 7 })
  expect((await store.read('a')).length).toBe(1)
})

test('effects run at once; each is written as it ends, and the results stand in list order', async () => {
  const { journal, store } = await journalOf()
  const first = Promise.withResolvers<void>()
  const results = await journal.all([
    { name: 'tool:1:0', effect: () => first.promise.then(() => [said('slow')]) },
    {
      name: 'tool:1:1',
      effect: async () => {
        setImmediate(first.resolve)
        return [said('fast')]
      },
    },
  ])

  expect(results).toEqual([[stamped(1, said('slow'))], [stamped(0, said('fast'))]])
  expect((await store.read('a')).map(({ at }) => at)).toEqual([0, 1])
})

test('an effect that fails lets the others end and be written, and is then thrown', async () => {
  const { journal, store } = await journalOf()
  const failure = new Error('hook')
  const all = journal.all([
    { name: 'tool:1:0', effect: () => Promise.reject(failure) },
    { name: 'tool:1:1', effect: async () => [said('done')] },
  ])

  await expect(all).rejects.toBe(failure)
  expect(await store.read('a')).toEqual([stamped(0, said('done'))])
})

test('a write that fails rejects what it belongs to, shows nothing, and leaves no gap', async () => {
  const { journal, store, shown } = await journalOf(failingStore(memoryStore(), { at: 1 }))
  await journal.note([started])
  await expect(journal.note([said('lost')])).rejects.toMatchObject({ reason: 'full' })
  await journal.note([said('kept')])

  expect(await store.read('a')).toEqual([stamped(0, started), stamped(1, said('kept'))])
  expect(shown).toEqual(await store.read('a'))
})

test('no effect begins once the run is to stop', async () => {
  const { journal, controller } = await journalOf()
  controller.abort(new Error('stop'))
  let began = false
  const effect = async () => {
    began = true
    return []
  }

  await expect(journal.perform('model:1', effect)).rejects.toThrow('stop')
  await expect(journal.all([{ name: 'tool:1:0', effect }])).rejects.toThrow('stop')
  expect(began).toBe(false)
})
