/**
 * A run made up from a seed: what the model asks, what the tools do, and which faults come on the way. The same seed always
 * gives the same run, so a seed that breaks a promise can be looked at.
 */

import {
  type Agent,
  agent,
  approve,
  type Decision,
  deny,
  fold,
  memoryStore,
  type Pending,
  type RunStore,
  resume,
  run,
  type StoredEvent,
} from '@pawl/agent'
import { crashingStore, failingStore, finalHistory, repeatedSteps, turnsByStep } from '@pawl/agent/testing'
import { ConnectionError, type Message, type Model } from '@pawl/client'
import { callsTools, cutOff, says, scriptedModel } from '@pawl/testing'
import { ToolError, tool } from '@pawl/tools'
import { z } from 'zod'

export interface Simulated {
  readonly seed: number
  readonly events: readonly StoredEvent[]
  /** how often the run was begun or gone on with */
  readonly attempts: number
  /** calls of unknown outcome that somebody was asked about */
  readonly inDoubt: number
  /** promises that were broken */
  readonly problems: readonly string[]
}

type Chance = (below: number) => number

const limits = { steps: 6, toolCalls: 9, repeats: 2 }
const mostAttempts = 60

export async function simulate(seed: number): Promise<Simulated> {
  const unbroken = memoryStore()
  await attempt(worldOf(seed, false), unbroken)
  const expected = finalHistory(await unbroken.read('sim'))

  const store = memoryStore()
  const world = worldOf(seed, true)
  let attempts = 0
  let end: unknown
  do {
    attempts += 1
    end = await attempt(world, world.faulty(store, attempts), world.abortAt(attempts))
  } while (end !== 'ended' && attempts < mostAttempts)

  const events = await store.read('sim')
  const doubts = events.flatMap((event) =>
    event.type === 'approval.asked' && event.pending.type === 'unknown'
      ? [`sim/tool:${event.step}:${event.index}`]
      : [],
  )
  const problems = [
    ...(end === 'ended' ? [] : [`did not end: ${end}`]),
    ...brokenHistory(fold(events)?.messages ?? []),
    ...brokenLog(events),
    ...world.executions(doubts, events),
    ...(JSON.stringify(finalHistory(events)) === JSON.stringify(expected)
      ? []
      : ['ends otherwise than without faults']),
  ]
  return { seed, events, attempts, inDoubt: doubts.length, problems }
}

/** @returns `ended`, or the code of what stopped it; a run that waits is given its decisions. */
async function attempt({ assistant }: World, store: RunStore, abortAt = Infinity): Promise<unknown> {
  const controller = new AbortController()
  const options = {
    store,
    signal: controller.signal,
    onEvent: ({ at }: { at: number }) => {
      if (at >= abortAt) controller.abort()
    },
  }
  try {
    const begun = (await store.read('sim')).length > 0
    let result = await (begun
      ? resume(assistant, 'sim', options)
      : run(assistant, 'Do it', { ...options, runId: 'sim', limits }))
    while (result.status === 'waiting')
      result = await resume(assistant, 'sim', { ...options, decisions: result.pending.map(decide) })
    return 'ended'
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

/** By the call itself, so that the same question gets the same answer in each attempt. */
function decide(pending: Pending): Decision {
  const text = pending.call.type === 'function' ? pending.call.function.arguments : ''
  return pending.type === 'approval' && text.includes('3') ? deny(pending, 'not that one') : approve(pending)
}

interface World {
  readonly assistant: Agent<string>
  faulty(store: RunStore, attempt: number): RunStore
  abortAt(attempt: number): number
  /** what the tools did against what the log says */
  executions(doubts: readonly string[], events: readonly StoredEvent[]): readonly string[]
}

function worldOf(seed: number, faults: boolean): World {
  const chance = chanceOf(seed)
  const steps = 1 + chance(5)
  const turns = Array.from({ length: steps }, (_, step) => turnOf(chance, step))
  const failing = new Set(Array.from({ length: 2 }, () => chance(8)))
  const plans = Array.from({ length: 6 }, () => [chance(4), chance(14)] as const)
  const done = new Map<string, number>()
  const scripted = scriptedModel(turnsByStep([...turns, says('All done.')] as never))
  const model: Model = {
    ...scripted,
    async complete(request, options) {
      const answers = request.messages.filter(({ role }) => role === 'assistant').length
      if (faults && failing.delete(answers)) throw new ConnectionError('The connection was lost.', { reason: 'reset' })
      return scripted.complete(request, options)
    },
  }
  return {
    assistant: agent({ name: 'sim', model, tools: toolsOf(done) }),
    faulty(store, attempt) {
      const [kind, at] = plans[attempt - 1] ?? [0, 0]
      if (kind === 1) return failingStore(store, { at })
      if (kind === 2) return crashingStore(store, { append: at, side: 'before' })
      return kind === 3 ? crashingStore(store, { append: at, side: 'after' }) : store
    },
    abortAt: (attempt) => (attempt === 2 && plans[5]?.[0] === 1 ? (plans[5]?.[1] ?? 0) : Infinity),
    executions(doubts, events) {
      const once = [...done].filter(([key, times]) => onceKeys.has(key.split(' ')[0] ?? '') && times > 1)
      const silent = once.filter(([key, times]) => times > 1 + doubts.filter((each) => key.endsWith(` ${each}`)).length)
      const never = events.filter(
        (event) =>
          event.type === 'tool.done' &&
          event.value !== undefined &&
          !done.has(`${nameOf(events, event)} sim/tool:${event.step}:${event.index}`),
      )
      return [
        ...silent.map(([key, times]) => `${key} happened ${times} times`),
        ...never.map(({ at }) => `the result at ${at} came from nowhere`),
      ]
    },
  }
}

function turnOf(chance: Chance, step: number) {
  const calls = Array.from({ length: chance(4) }, (_, index) => {
    const name = names[chance(names.length)] ?? 'look'
    // Each call of a message differs: whether the second of two equal ones is warned of depends on which ended first.
    const args = chance(12) === 0 ? '{"n":' : { n: chance(2) + 2 * (index % 2), of: index }
    // Servers repeat the names of calls in later messages.
    return [name, args, chance(3) === 0 ? `call_${index}` : `call_${step}_${index}`] as const
  })
  if (calls.length === 0) return says(chance(6) === 0 ? '' : `Said ${step}.`)
  const turn = callsTools(...calls)
  return chance(10) === 0 ? cutOff(turn, { keep: Infinity }) : turn
}

const names = ['look', 'hold', 'send', 'pay', 'break', 'nothing_of_that_name']
const onceKeys = new Set(['send', 'pay', 'break'])

function toolsOf(done: Map<string, number>) {
  const made = (name: string, effect: 'pure' | 'idempotent' | 'once', behave: (n: number) => unknown, more = {}) =>
    tool({
      name,
      description: name,
      parameters: z.object({ n: z.number(), of: z.number() }),
      effect,
      ...more,
      execute: async ({ n }, { idempotencyKey }) => {
        const key = `${name} ${idempotencyKey}`
        done.set(key, (done.get(key) ?? 0) + 1)
        // Tools that run at once end in another order than they began.
        for (let turns = 0; turns < 3 - n; turns += 1) await null
        return behave(n)
      },
    })
  return [
    made('look', 'pure', (n) => ({ found: n })),
    made('hold', 'idempotent', (n) => ({ held: n }), { lock: () => 'hold' }),
    made('send', 'once', (n) => ({ sent: n })),
    made('pay', 'once', (n) => ({ paid: n }), { approval: true }),
    made('break', 'once', (n) => {
      throw n % 2 === 0 ? new ToolError('It does not bend.') : new Error('broken')
    }),
  ]
}

function nameOf(events: readonly StoredEvent[], { step, index }: { step: number; index: number }): string {
  const asked = events.find((event) => event.type === 'completion.done' && event.step === step)
  const call = asked?.type === 'completion.done' ? asked.completion.choices[0]?.message.tool_calls?.[index] : undefined
  return call?.type === 'function' ? call.function.name : ''
}

/** Each call has exactly one tool message, in call order, before the next message of the model. */
function brokenHistory(messages: readonly Message[]): readonly string[] {
  return messages.flatMap((message, at) => {
    if (message.role !== 'assistant' || !message.tool_calls?.length) return []
    const asked = message.tool_calls.map(({ id }) => id)
    const told = messages.slice(at + 1, at + 1 + asked.length).map((each) => each.role === 'tool' && each.tool_call_id)
    const more = messages[at + 1 + asked.length]?.role === 'tool'
    return !more && JSON.stringify(told) === JSON.stringify(asked) ? [] : [`calls and answers of message ${at} differ`]
  })
}

function brokenLog(events: readonly StoredEvent[]): readonly string[] {
  const state = fold(events)
  const ends = events.filter(({ type }) => type === 'run.done')
  return [
    ...repeatedSteps(events).map((name) => `${name} ended twice`),
    ...events.filter(({ at }, index) => at !== index).map(({ at }) => `event ${at} is out of its place`),
    ...(ends.length > 1 || (ends.length === 1 && events.at(-1)?.type !== 'run.done')
      ? ['something follows run.done']
      : []),
    ...(state && state.steps > limits.steps ? [`${state.steps} steps`] : []),
  ]
}

/** https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32 */
function chanceOf(seed: number): Chance {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}
