/** Plays a recorded run again: the models answer from the record, the loop and the agent are those of today. */

import type { ChatCompletion, Model } from '@pawl/client'
import { canonicalJson, type Tool, ToolError } from '@pawl/tools'
import { type Agent, specOf } from './agent.ts'
import { ReplayError } from './errors/replay-error.ts'
import { RunError } from './errors/run-error.ts'
import type { StoredEvent } from './events.ts'
import { execute } from './execute.ts'
import type { Decision } from './pending.ts'
import { type Run, runHandle } from './run-handle.ts'
import { resultOf } from './run-result.ts'
import { memoryStore } from './store/memory-store.ts'

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
    const signal = lead.signal
    const around = {
      store: memoryStore(),
      context,
      prices: undefined,
      concurrency: undefined,
      onPending: ({ id }: { id: string }) => record.decision(id),
      lead: {
        ...lead,
        signal,
        show: (event: Parameters<typeof lead.show>[0]) => {
          if (event.runId === runId) record.compare(event)
          lead.show(event)
        },
      },
      rewrite: { model: record.model, tool: tools === 'recorded' ? record.tool : (tool: Tool) => tool },
    }
    const state = await execute(runId, agent, { type: 'new', input, limits }, around)
    record.end()
    return resultOf<O>(state, specOf(agent), false)
  })
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
])
/** Ends of attempts, and what was asked for and then decided: a replay goes through without stopping. */
const passedOver = new Set(['run.waiting', 'run.failed', 'tool.started'])

function recordOf(events: readonly StoredEvent[]) {
  const expected = events.filter(
    (event) => !passedOver.has(event.type) && !(event.type === 'run.stopped' && event.stoppedBy?.limit === 'aborted'),
  )
  const completions = events.filter((event) => event.type === 'completion.done')
  const results = new Map(
    events.flatMap((event) => (event.type === 'tool.done' ? [[event.callId, event] as const] : [])),
  )
  const decisions = new Map(
    events.flatMap((event) => (event.type === 'approval.given' ? [[event.id, event] as const] : [])),
  )
  const open = [...expected]
  let model = 0

  const answer = async (): Promise<ChatCompletion> => {
    const next = completions[model]
    model += 1
    if (!next) throw new ReplayError(events.length, 'the end of the record', { type: 'completion.done' })
    return next.completion
  }
  return {
    model: ({ id }: Model): Model => ({
      id,
      complete: answer,
      async *stream() {
        const { choices, object: _, ...head } = await answer()
        const parts = choices.map(({ message, ...rest }) => ({
          ...rest,
          delta: { ...message, tool_calls: message.tool_calls?.map((call, index) => ({ ...call, index })) },
        }))
        yield { ...head, object: 'chat.completion.chunk', choices: parts } as never
      },
    }),
    tool: (tool: Tool): Tool => ({
      ...tool,
      run: async (_, { callId }) => {
        const found = results.get(callId)
        if (!found) throw new ReplayError(events.length, 'the end of the record', { type: 'tool.done', callId })
        if (found.isError) throw new ToolError(String(found.message.content))
        return found.value ?? found.message.content
      },
    }),
    decision(id: string): Decision | undefined {
      const given = decisions.get(id)
      return given && { id, verdict: given.verdict, ...(given.value !== undefined && { value: given.value }) }
    },
    compare(event: { type: string }) {
      if (
        passedOver.has(event.type) ||
        event.type.endsWith('.delta') ||
        event.type === 'text.reset' ||
        event.type === 'tool.progress' ||
        event.type === 'retry.waiting'
      )
        return
      const at =
        event.type === 'tool.done' ? open.findIndex((each) => each.type === 'tool.done' && sameCall(each, event)) : 0
      const [next] = open.splice(Math.max(0, at), 1)
      if (!next || plain(next) !== plain(event)) throw new ReplayError(next?.at ?? events.length, next, event)
    },
    end() {
      const [left] = open
      if (left) throw new ReplayError(left.at, left, undefined)
    },
  }
}

function sameCall(a: object, b: object): boolean {
  return 'callId' in a && 'callId' in b && a.callId === b.callId
}

function plain(event: object): string {
  return canonicalJson(Object.fromEntries(Object.entries(event).filter(([key]) => !ignored.has(key))))
}
