import {
  memoryStore,
  type RecordedEvent,
  type RunStore,
  type RunSummary,
  type StoredEvent,
  StoreError,
  sqliteStore,
} from '@pawl/agent'
import { describe, expect, onTestFinished, test } from 'vitest'
import { logOf, said, started } from './events.ts'
import { storePath } from './files.ts'

const stores: Record<string, () => RunStore> = {
  memoryStore,
  sqliteStore: () => {
    const store = sqliteStore(storePath())
    onTestFinished(() => store.close())
    return store
  },
}

describe.each(Object.entries(stores))('%s', (_, make) => {
  test('gives back what was appended, from a position on', async () => {
    const store = make()
    const log = logOf('a', started, said('one'), said('\u{1f6a8} "quotes" \u2028'))
    const lease = await store.claim('a')
    await lease.append(0, log.slice(0, 1))
    await lease.append(1, log.slice(1))

    expect(lease.length).toBe(3)
    expect(await store.read('a')).toEqual(log)
    expect(await store.read('a', 2)).toEqual(log.slice(2))
    expect(await store.read('b')).toEqual([])
  })

  test('takes any number of events at once', async () => {
    const store = make()
    for (const events of [0, 1, 64, 65, 300]) {
      const log = logOf(
        `of-${events}`,
        ...Array.from({ length: events }, (_, at) => (at === 0 ? started : said(`${at}`))),
      )
      await (await store.claim(`of-${events}`)).append(0, log)

      expect(await store.read(`of-${events}`)).toEqual(log)
    }
  })

  test('has one owner a run, and the next one goes on where it ended', async () => {
    const store = make()
    const log = logOf('a', started, said('one'))
    const first = await store.claim('a')
    await expect(store.claim('a')).rejects.toMatchObject({ code: 'store_error', reason: 'locked', runId: 'a' })
    await first.append(0, log.slice(0, 1))
    await first.release()
    const second = await store.claim('a')
    await second.append(1, log.slice(1))

    expect(second.length).toBe(2)
    await expect(first.append(1, log.slice(1))).rejects.toMatchObject({ reason: 'stale' })
    expect(await store.read('a')).toEqual(log)
  })

  test('begins a run with the claim or leaves that to the caller, and never begins one that is there', async () => {
    const store = make()
    const log = logOf('a', started, said('one'))
    const begin = async (events: readonly StoredEvent[]) => {
      const lease = await store.claim('a', events)
      if (lease.length === 0) await lease.append(0, events)
      else if (!lease.begun) return 'there already'
      return lease
    }
    const lease = await begin(log)
    expect(lease).toMatchObject({ runId: 'a', length: 2 })
    await expect(begin(log)).rejects.toMatchObject({ reason: 'locked' })
    if (typeof lease !== 'string') await lease.release()

    expect(await begin(logOf('a', said('other')))).toBe('there already')
    expect(await store.read('a')).toEqual(log)
  })

  test('lets a run go with its last append, or leaves that to release', async () => {
    const store = make()
    const log = logOf('a', started, { type: 'run.failed', error: { code: 'x', message: 'x' } }, said('on'))
    const first = await store.claim('a')
    await first.append(0, log.slice(0, 2), { release: true })
    await first.release()
    const second = await store.claim('a')

    await expect(first.append(2, log.slice(2))).rejects.toMatchObject({ reason: 'stale' })
    await first.release()
    expect(second.lost.aborted).toBe(false)
    await second.append(2, log.slice(2))
    expect(await store.read('a')).toEqual(log)
  })

  test('refuses an append that does not begin where the log ends', async () => {
    const store = make()
    const lease = await store.claim('a')
    await lease.append(0, logOf('a', started))

    for (const at of [0, 2, -1]) {
      await expect(lease.append(at, logOf('a', said('?')))).rejects.toMatchObject({ reason: 'stale' })
    }
    expect(await store.read('a')).toEqual(logOf('a', started))
  })

  test('lists runs by status, latest start first, and leaves out what nothing was written of', async () => {
    const store = make()
    const ends: Record<string, RecordedEvent> = {
      a: { type: 'run.done', text: '' },
      b: { type: 'run.waiting', pending: [] },
      c: { type: 'run.failed', error: { code: 'x', message: 'x' } },
      d: { type: 'run.stopped', reason: 'x', text: '' },
    }
    for (const [index, [runId, end]] of Object.entries(ends).entries()) {
      const log = logOf(runId, started, end).map((event) => ({ ...event, time: event.time + index }))
      await (await store.claim(runId)).append(0, log)
    }
    await store.claim('e')
    await (await store.claim('a.1.0')).append(0, logOf('a.1.0', { ...started, parent: 'a' }))

    const list = async (filter?: Parameters<RunStore['list']>[0]) => {
      const found: RunSummary[] = []
      for await (const summary of store.list(filter)) found.push(summary)
      return found
    }
    expect((await list()).map(({ runId }) => runId).sort()).toEqual(['a', 'a.1.0', 'b', 'c', 'd'])
    expect(await list({ status: 'waiting' })).toEqual([
      { runId: 'b', status: 'waiting', agent: 'refunds', startedAt: 1001, updatedAt: 2001 },
    ])
    expect(await list({ status: 'running' })).toEqual([
      { runId: 'a.1.0', status: 'running', agent: 'refunds', startedAt: 1000, updatedAt: 1000, parent: 'a' },
    ])
  })

  test('tells the status and the time of the last event at every point of a run, whoever goes on with it', async () => {
    const store = make()
    const failed: RecordedEvent = { type: 'run.failed', error: { code: 'x', message: 'x' } }
    const log = logOf('a', started, said('one'), said('two'), failed, failed, said('three'), said('four'))
    const told: unknown[] = []
    for (const owned of [log.slice(0, 4), log.slice(4, 5), log.slice(5)]) {
      const lease = await store.claim('a')
      for (const event of owned) {
        await lease.append(event.at, [event])
        for await (const { status, updatedAt } of store.list()) told.push([status, updatedAt])
      }
      await lease.release()
    }

    const statuses = ['running', 'running', 'running', 'failed', 'failed', 'running', 'running']
    expect(told).toEqual(statuses.map((status, index) => [status, 1_000 * (index + 1)]))
  })

  test('a run that is deleted under way is lost to its owner, and its id is free', async () => {
    const store = make()
    const lease = await store.claim('a')
    await lease.append(0, logOf('a', started))
    await store.delete('a')
    await store.delete('never-there')
    const next = await store.claim('a')

    expect(lease.lost.aborted).toBe(true)
    expect(lease.lost.reason).toMatchObject({ reason: 'stale' })
    await expect(lease.append(1, logOf('a', said('late')))).rejects.toMatchObject({ reason: 'stale' })
    await lease.release()
    await next.append(0, logOf('a', started))
    expect(await store.read('a')).toEqual(logOf('a', started))
  })

  test.each([
    ...[
      '',
      '..',
      '.',
      'a..b',
      '.a',
      'a.',
      '/etc/passwd',
      '\\\\host\\share',
      'C:',
      'a/b',
      'a\\b',
      'A',
      'straße',
      'a\u0000b',
      'a b',
      "a'b",
      '%',
      'a*',
    ],
    ...['x'.repeat(129), { id: 'a' }, ['a'], null, undefined, 7, Symbol.iterator],
  ])('refuses the id %s everywhere', async (id) => {
    const store = make()
    const calls = [store.read, store.claim, store.delete].map((call) => call as (id: unknown) => Promise<unknown>)

    for (const call of calls) await expect(call(id)).rejects.toMatchObject({ code: 'store_error', reason: 'id' })
  })

  test('takes names of inherited properties for ordinary ids', async () => {
    const store = make()
    for (const id of ['constructor', '__proto__', 'hasownproperty', 'prototype']) {
      expect(await store.read(id)).toEqual([])
      await (await store.claim(id)).append(0, logOf(id, started))
      expect(await store.read(id)).toEqual(logOf(id, started))
    }
  })

  test('its errors say whether trying again may help', async () => {
    const store = make()
    await store.claim('a')
    const error: unknown = await store.claim('a').catch((error) => error)

    expect(error).toBeInstanceOf(StoreError)
    expect(error).toMatchObject({ retryable: true })
  })
})
