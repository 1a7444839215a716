/** Plays a recorded run again: the models answer from the record, the loop and the agent are those of today. */

import { type ChatCompletion, type Model, PawlError } from '@pawl/client'
import { canonicalJson, type Tool, ToolError } from '@pawl/tools'
import { type Agent, specOf } from '../agent.ts'
import { childOf } from '../agent-as-tool.ts'
import { ReplayError } from '../errors/replay-error.ts'
import { RunError } from '../errors/run-error.ts'
import type { StoredEvent } from '../state/events.ts'
import type { Decision } from '../state/pending.ts'
import { memoryStore } from '../store/memory-store.ts'
import type { RunStore } from '../store/run-store.ts'
import { type Beginning, execute } from './execute.ts'
import { type Run, runHandle } from './run-handle.ts'
import { resultOf } from './run-result.ts'

/** What of a record is done again. */
export interface ReplayOptions<C> {
  /** `recorded` (when left out): results from the record, no tool runs; `live`: the tools run */
  tools?: 'recorded' | 'live' | undefined
  context?: C | undefined
}

/**
 * Runs the agent over the record without a model and, unless `tools: 'live'`, without tools: no socket is opened. Compares
 * every recorded event but times and the order of `tool.done` within a step.
 * @throws ReplayError rejects at the first difference
 */
export function replay<O, C>(
  agent: Agent<O, C>,
  events: readonly StoredEvent[],
  options: ReplayOptions<C> = {},
): Run<O> {
  const { tools = 'recorded', context } = options
  const [started] = events
  if (started?.type !== 'run.started') throw new RunError('run_unknown', 'A record begins with run.started.')
  const { runId, limits, input } = started
  const record = recordOf(events)
  return runHandle<O>(runId, async (lead) => {
    const around = {
      store: comparing(runId, record.compare),
      context,
      prices: undefined,
      concurrency: undefined,
      onPending: ({ id }: { id: string }) => record.decision(id),
      // Whole answers are on record, so none is asked for in pieces.
      lead: { ...lead, sent: () => record.sent(), streaming: () => false },
      rewrite: { model: record.model, tool: tools === 'recorded' ? record.tool : (tool: Tool) => tool },
    }
    let state = await execute(runId, agent, { type: 'new', input, limits }, around).catch(record.unlessPaused)
    for (let next = record.resumed(); next; next = record.resumed()) {
      const beginning: Beginning = { type: 'resume', decisions: [], limits: next.limits }
      state = await execute(runId, agent, beginning, around).catch(record.unlessPaused)
    }
    if (!state) throw new ReplayError(events.length, 'the end of the record', undefined)
    record.end()
    return resultOf<O>(state, specOf(agent), false)
  })
}

/** A store in memory that takes nothing but what is on record. */
function comparing(runId: string, compare: (event: StoredEvent) => void): RunStore {
  const store = memoryStore()
  return {
    ...store,
    async claim(id) {
      const lease = await store.claim(id)
      if (id !== runId) return lease
      return {
        runId,
        lost: lease.lost,
        get length() {
          return lease.length
        },
        async append(at, events) {
          for (const event of events) compare(event)
          await lease.append(at, events)
        },
        release: () => lease.release(),
      }
    },
  }
}

const ignored = new Set([
  'time',
  'ms',
  'at',
  'cost',
  'usage',
  'v',
  'after',
  'parent',
  'forked',
  'keepReasoning',
  'value',
  'identity',
  'same',
])
/** Ends of attempts, and what was asked for and then decided: a replay goes through without stopping. */
const passedOver = new Set(['run.waiting', 'run.failed', 'tool.started'])

function recordOf(events: readonly StoredEvent[]) {
  const ofChildren = new Set(
    events.flatMap((event) =>
      event.type === 'approval.asked' && event.pending.runId !== event.runId
        ? [event.pending, ...(event.also ?? [])].map(({ id }) => id)
        : [],
    ),
  )
  const expected = events.filter((event) => {
    if (event.type === 'run.stopped') return event.stoppedBy?.limit !== 'aborted'
    if (event.type === 'approval.asked') return !ofChildren.has(event.pending.id)
    if (event.type === 'approval.given') return !ofChildren.has(event.id)
    return !passedOver.has(event.type)
  })
  const completions = events.filter((event) => event.type === 'completion.done')
  const results = new Map(
    events.flatMap((event) => (event.type === 'tool.done' ? [[event.callId, event] as const] : [])),
  )
  const decisions = new Map(
    events.flatMap((event) => (event.type === 'approval.given' ? [[event.id, event] as const] : [])),
  )
  const open = [...expected]
  let model = 0
  let children = 0

  const resumed = () => {
    const [next] = open
    return next?.type === 'run.resumed' ? next : undefined
  }
  const answer = async (): Promise<ChatCompletion> => {
    // It had failed or waited here, and went on under other limits.
    if (resumed()) throw new Paused('The recorded run paused here.')
    const next = completions[model]
    model += 1
    if (!next) throw new ReplayError(events.length, 'the end of the record', { type: 'completion.done' })
    return next.completion
  }
  return {
    model: ({ id }: Model): Model => ({
      id,
      complete: answer,
      stream() {
        throw new TypeError('A replay asks for plain completions.')
      },
    }),
    tool: (tool: Tool): Tool => ({
      ...tool,
      // The progress guard does not count agents as tools, which are ordinary tools here.
      ...(childOf(tool) && { identity: () => `${children++}` }),
      run: async (_, { callId }) => {
        const found = results.get(callId)
        if (!found) throw new ReplayError(events.length, 'the end of the record', { type: 'tool.done', callId })
        if (found.isError) throw new ToolError(withoutNote(found))
        return found.value ?? found.message.content
      },
    }),
    /** The messages that joined the run at this point. */
    sent() {
      const end = open.findIndex((event) => event.type !== 'message.added' || event.by !== 'user')
      return open.slice(0, end === -1 ? open.length : end)
    },
    decision(id: string): Decision | undefined {
      const given = decisions.get(id)
      return given && { id, verdict: given.verdict, ...(given.value !== undefined && { value: given.value }) }
    },
    compare(event: StoredEvent) {
      if (passedOver.has(event.type)) return
      // What ends within a step ends in any order.
      const step = open.slice(
        0,
        open.findIndex(({ type }, at) => at > 0 && type === 'completion.done') + 1 || undefined,
      )
      const same = step.findIndex((each) => plain(each) === plain(event))
      const [next] = open.splice(Math.max(0, same), 1)
      if (same === -1) throw new ReplayError(next?.at ?? events.length, next, event)
    },
    resumed,
    unlessPaused(error: unknown): undefined {
      if (!(error instanceof Paused)) throw error
    },
    end() {
      const [left] = open
      if (left) throw new ReplayError(left.at, left, undefined)
    },
  }
}

/** In place of an answer, where the recorded run paused: the replay resumes as it did. */
class Paused extends PawlError {}

/** The loop says it again beside the result where it has come too often. */
function withoutNote({ message: { content }, same }: StoredEvent & { type: 'tool.done' }): string {
  const text = String(content)
  return same ? text.slice(0, text.lastIndexOf('\n(')) : text
}

function plain(event: object): string {
  return canonicalJson(Object.fromEntries(Object.entries(event).filter(([key]) => !ignored.has(key))))
}
