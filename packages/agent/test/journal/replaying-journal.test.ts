import { approve, fold, memoryStore, run, type StoredEvent } from '@pawl/agent'
import { toolQueue } from '@pawl/tools'
import { expect, test } from 'vitest'
import { specOf } from '../../src/agent.ts'
import { reachable } from '../../src/handoff.ts'
import { createBudget } from '../../src/limits/budget.ts'
import { loop } from '../../src/loop.ts'
import { execute } from '../../src/run/execute.ts'
import type { Scope } from '../../src/scope.ts'
import { refundAgent } from '../crash/refunds.ts'
import { type Memory, type ReplayingOptions, replayingJournal } from './replaying-journal.ts'

type Refunds = ReturnType<typeof refundAgent>
const silent = () => {}

/** The loop of every run, on an engine's journal in place of the embedded one. */
async function runOnEngine(options: Omit<ReplayingOptions, 'runId' | 'decide'>, first: StoredEvent, refunds: Refunds) {
  const journal = replayingJournal({ ...options, runId: 'refund', decide: ([pending]) => approve(pending as never) })
  const begun = fold(await journal.note([first]))
  if (!begun) throw new Error('A log begins with run.started.')
  const store = memoryStore()
  const { signal } = new AbortController()
  const lead = { signal, show: () => {}, watched: () => false, streaming: () => false, sent: () => [] }
  const budget = createBudget(begun.limits)
  const around = { store, lead, context: undefined, prices: undefined, concurrency: undefined, onPending: approve }
  const scope: Scope = {
    ...{ journal, store, budget, signal, context: undefined, prices: undefined, decisions: [], places: 8 },
    ...{ agents: reachable(refunds), root: specOf(refunds), queue: toolQueue({ concurrency: 8 }) },
    ...{ inDoubt: new Set<string>(), passed: new Set<string>(), streaming: lead.streaming, show: lead.show },
    late: () => {},
    child: async ({ runId, spec, input }) => {
      const message = { role: 'user' as const, content: input }
      const state = await execute(runId, spec.agent, { type: 'new', input: [message], limits: {} }, around, budget)
      return { state }
    },
  }
  const end = await loop(scope, begun, () => {}).catch((error: Error) => error.message)
  return { end, journal }
}

/** Of an event all that does not depend on the moment; `tool.done` of one step in call order. */
function comparable(events: readonly StoredEvent[]): readonly unknown[] {
  const place = (event: StoredEvent) => ('index' in event && event.type === 'tool.done' ? event.index : 0)
  return events
    .map((event, at) => ({ event, at }))
    .sort((a, b) => {
      const together = a.event.type === 'tool.done' && b.event.type === 'tool.done' && a.event.step === b.event.step
      return together ? place(a.event) - place(b.event) : a.at - b.at
    })
    .map(({ event }) => ({ ...event, at: 0, time: 0, ...('ms' in event && { ms: 0 }) }))
}

async function embedded() {
  const store = memoryStore()
  await run(refundAgent(silent), 'Refund order 17', { store, runId: 'refund', onPending: approve })
  return store.read('refund')
}

test('the same run through the embedded journal and through an engine that replays gives equal events', async () => {
  const log = await embedded()
  const { end, journal } = await runOnEngine({ memory: new Map() }, log[0] as StoredEvent, refundAgent(silent))

  expect(end).toMatchObject({ status: 'done', text: 'Refunded.' })
  expect(comparable(journal.events)).toEqual(comparable(log))
})

test('an engine that dies before any effect and runs the loop again gives equal events, and repeats no effect', async () => {
  const [first] = (await embedded()) as [StoredEvent]
  const whole = await runOnEngine({ memory: new Map() }, first, refundAgent(silent))
  for (const [dies] of whole.journal.ran.entries()) {
    const memory: Memory = new Map()
    const happened: string[] = []
    const refunds = refundAgent((key) => happened.push(key))
    const stopped = await runOnEngine({ memory, dies }, first, refunds)
    const again = await runOnEngine({ memory }, first, refunds)

    expect(stopped.end).toBe('died')
    expect(comparable(again.journal.events)).toEqual(comparable(whole.journal.events))
    expect([...stopped.journal.ran, ...again.journal.ran].sort()).toEqual([...whole.journal.ran].sort())
    expect(new Set(happened).size).toBe(happened.length)
  }
})

test('a replay of all that is remembered runs nothing', async () => {
  const [first] = (await embedded()) as [StoredEvent]
  const memory: Memory = new Map()
  const whole = await runOnEngine({ memory }, first, refundAgent(silent))
  const happened: string[] = []
  const replayed = await runOnEngine(
    { memory },
    first,
    refundAgent((key) => happened.push(key)),
  )

  expect(replayed.journal.events).toEqual(whole.journal.events)
  expect([replayed.journal.ran, happened]).toEqual([[], []])
})

test('an engine that dies between an effect and its record asks about what must not happen twice, and runs the rest again', async () => {
  const [first] = (await embedded()) as [StoredEvent]
  const whole = await runOnEngine({ memory: new Map() }, first, refundAgent(silent))
  const asked: string[] = []
  for (const [forgets, name] of whole.journal.ran.entries()) {
    const memory: Memory = new Map()
    const refunds = refundAgent(silent)
    const stopped = await runOnEngine({ memory, forgets }, first, refunds)
    const again = await runOnEngine({ memory }, first, refunds)
    const replayed = await runOnEngine({ memory }, first, refunds)

    expect([stopped.end, again.end]).toMatchObject(['died', { status: 'done', text: 'Refunded.' }])
    expect(replayed.journal.events).toEqual(again.journal.events)
    const unknown = (event: StoredEvent) => event.type === 'approval.asked' && event.pending.type === 'unknown'
    if (again.journal.events.some(unknown)) asked.push(name)
  }
  expect(asked).toEqual(['tool:1:2', 'tool:2:0', 'tool:3:1'])
})
