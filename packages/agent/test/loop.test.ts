import type { ModelRequest } from '@pawl/client'
import { callsTools, cutOff, refuses, says, scriptedModel, type Turn } from '@pawl/testing'
import { type ToolContext, ToolError, tool } from '@pawl/tools'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { agent, fold, memoryStore, type RunEvent, type RunResult, resume, run, type StoredEvent } from '../src/index.ts'
import { problemsOf } from './messages.ts'

const behaviours = ['gives', 'throws', 'tells', 'waits', 'nothing', 'bigint'] as const
const names = behaviours.flatMap((behaviour) => [`${behaviour}_pure`, `${behaviour}_once`])

/** How often each call ran. */
type Ran = Map<string, number>

const tools = behaviours.flatMap((behaviour) =>
  (['pure', 'once'] as const).map((effect) =>
    tool({
      name: `${behaviour}_${effect}`,
      description: 'd',
      parameters: z.object({ n: z.number() }),
      effect,
      async execute({ n }, { callId, context: ran }: ToolContext<Ran>) {
        ran.set(callId, (ran.get(callId) ?? 0) + 1)
        if (behaviour === 'throws') throw new Error('it broke')
        if (behaviour === 'tells') throw new ToolError('try another')
        if (behaviour === 'waits') await new Promise((resolve) => setImmediate(resolve))
        if (behaviour === 'nothing') return undefined
        return behaviour === 'bigint' ? 10n : { n }
      },
      lock: ({ n }) => `${n % 2}`,
      approval: ({ n }) => n === 7,
    }),
  ),
)

const call = fc.tuple(
  fc.constantFrom(...names, 'unknown'),
  fc.oneof(
    fc.integer({ min: 0, max: 7 }).map((n) => ({ n })),
    fc.constantFrom('{"n":1', 'no json', '{"n":"x"}', ''),
  ),
  fc.constantFrom('same', ''),
)
const turn: fc.Arbitrary<Turn> = fc.oneof(
  { weight: 6, arbitrary: fc.array(call, { minLength: 1, maxLength: 5 }).map((calls) => callsTools(...unique(calls))) },
  { weight: 1, arbitrary: fc.array(call, { minLength: 1, maxLength: 2 }).map((calls) => cutOff(callsTools(...calls))) },
  { weight: 1, arbitrary: fc.constantFrom(says('Done.'), says(''), says('Cut', { finish: 'length' }), refuses('No.')) },
)

/** Half of the ids are given twice in a run; the others are made by the script. */
function unique(calls: readonly (readonly [string, unknown, string])[]) {
  return calls.map(([name, args, id], at): [string, unknown, string?] =>
    id && at < 2 ? [name, args, id] : [name, args],
  )
}

const limits = fc.record({ steps: fc.integer({ min: 1, max: 6 }), toolCalls: fc.integer({ min: 1, max: 9 }) })

interface Watched {
  readonly result: RunResult<string>
  readonly events: readonly RunEvent[]
  readonly log: readonly StoredEvent[]
  readonly requests: readonly ModelRequest[]
  readonly ran: ReadonlyMap<string, number>
}

async function watch(
  turns: readonly Turn[],
  bounds: { steps: number; toolCalls: number },
  allow: boolean,
): Promise<Watched> {
  const context: Ran = new Map()
  const store = memoryStore()
  const model = scriptedModel((_, number) => turns[number - 1] ?? says('The end.'))
  const assistant = agent({ model, tools, limits: bounds })
  const events: RunEvent[] = []
  const onEvent = (event: RunEvent) => void events.push(event)
  const approved = ({ id }: { id: string }) => ({ id, verdict: 'approve' as const })
  let result: RunResult<string> = await run(assistant, 'Go', {
    store,
    context,
    onEvent,
    ...(allow && { onPending: approved }),
  })
  while (result.status === 'waiting')
    result = await resume(assistant, result.runId, { store, context, onEvent, decisions: result.pending.map(approved) })
  return { result, events, log: await store.read(result.runId), requests: model.requests, ran: context }
}

const script = [fc.array(turn, { minLength: 1, maxLength: 5 }), limits, fc.boolean()] as const

test('whatever models and tools do, each call has one answer in call order before the next answer of the model', async () => {
  await fc.assert(
    fc.asyncProperty(...script, async (...given) => {
      const { result, requests } = await watch(...given)
      for (const { messages } of requests) expect(problemsOf(messages)).toEqual([])
      expect(problemsOf(result.messages)).toEqual([])
    }),
  )
})

test('a call runs at most once, and its limits hold', async () => {
  await fc.assert(
    fc.asyncProperty(...script, async (turns, bounds, allow) => {
      const { result, ran, requests, log } = await watch(turns, bounds, allow)
      const fresh = log.filter((event) => event.type === 'tool.done' && event.identity !== undefined)
      const executions = [...ran.values()].reduce((sum, times) => sum + times, 0)
      expect(executions).toBe(fresh.length)
      expect(executions).toBeLessThanOrEqual(bounds.toolCalls)
      expect(requests.length).toBeLessThanOrEqual(bounds.steps)
      expect(result.steps).toBe(requests.length)
    }),
  )
})

test('every started thing has one end, the places in the log have no gap, and folding the log gives the state again', async () => {
  await fc.assert(
    fc.asyncProperty(...script, async (...given) => {
      const { result, log, events } = await watch(...given)
      expect(log.map(({ at }) => at)).toEqual(log.map((_, index) => index))
      expect(events.filter(({ type }) => !type.includes('delta'))).toEqual(log)
      const ended = log.filter(({ type }) => type === 'run.done' || type === 'run.stopped')
      expect(ended).toEqual([log.at(-1)])
      const calls = log.flatMap((event) =>
        event.type === 'completion.done'
          ? (event.completion.choices[0]?.message.tool_calls ?? []).map((_, index) => `${event.step}:${index}`)
          : [],
      )
      const done = log.flatMap((event) => (event.type === 'tool.done' ? [`${event.step}:${event.index}`] : []))
      expect(done.toSorted()).toEqual(calls.toSorted())
      const started = log.flatMap((event) => (event.type === 'tool.started' ? [`${event.step}:${event.index}`] : []))
      expect(new Set(started).size).toBe(started.length)
      const state = fold(log)
      expect(state?.messages).toEqual(result.messages)
      expect(state?.usage).toEqual(result.usage)
    }),
  )
})
