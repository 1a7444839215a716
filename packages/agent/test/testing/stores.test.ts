import { memoryStore } from '@pawl/agent'
import { crashingStore, crashPoints, failingStore, finalHistory, repeatedSteps, turnsByStep } from '@pawl/agent/testing'
import { expect, test } from 'vitest'
import { logOf, said, started } from '../store/events.ts'

const log = logOf('a', started, said('one'), said('two'), said('three'))

test('a failing store fails the appends it was told to, writes nothing of them, and goes on', async () => {
  const store = memoryStore()
  const lease = await failingStore(store, { at: 1, times: 2, reason: 'readonly' }).claim('a')
  await lease.append(0, log.slice(0, 1))
  for (const _ of [1, 2])
    await expect(lease.append(1, log.slice(1))).rejects.toMatchObject({ reason: 'readonly', runId: 'a' })
  expect(lease.length).toBe(1)
  await lease.append(1, log.slice(1))

  expect(await store.read('a')).toEqual(log)
})

test.each([
  ['before', 1],
  ['after', 2],
] as const)(
  'a process that dies %s its second append leaves %i events, free runs, and nothing more',
  async (side, left) => {
    const store = memoryStore()
    const dying = crashingStore(store, { append: 1, side })
    const lease = await dying.claim('a')
    await lease.append(0, log.slice(0, 1))
    await expect(lease.append(1, log.slice(1, 2))).rejects.toMatchObject({ reason: 'closed' })

    expect([dying.crashed, lease.lost.aborted, (await store.claim('a')).length]).toEqual([true, true, left])
    await expect(lease.append(left, log.slice(2))).rejects.toMatchObject({ reason: 'closed' })
    await expect(dying.claim('b')).rejects.toMatchObject({ reason: 'closed' })
    await expect(dying.read('a')).rejects.toMatchObject({ reason: 'closed' })
    expect(await store.read('a')).toEqual(log.slice(0, left))
  },
)

test('each append has two points to die at', () => {
  expect(crashPoints(2)).toEqual([
    { append: 0, side: 'before' },
    { append: 0, side: 'after' },
    { append: 1, side: 'before' },
    { append: 1, side: 'after' },
  ])
})

test('a script by steps answers by what is asked, as often as it is asked', () => {
  const script = turnsByStep(['first', 'second'])
  const answer = { role: 'assistant' as const, content: '…' }

  expect([[], [], [answer], [answer, answer]].map((messages) => script({ messages }))).toEqual([
    ...['first', 'first', 'second', 'second'],
  ])
})

test('a log of nothing has no history, and no step in it twice', () => {
  expect([finalHistory([]), repeatedSteps([])]).toEqual([undefined, []])
  expect(finalHistory(log)).toMatchObject({ status: 'running', steps: 0, messages: { length: 4 } })
})
