/** One round over the calls of a step: each is settled, asked about, or run, as effects of the journal. */

import type { ToolCall } from '@pawl/client'
import type { Tool, ToolSet } from '@pawl/tools'
import type { AgentSpec } from '../agent.ts'
import { childOf } from '../agent-as-tool.ts'
import { handoffOf } from '../handoff.ts'
import type { NamedEffect } from '../journal/journal.ts'
import { leaderOf, type Scope, toolsOf } from '../scope.ts'
import type { RecordedEvent, StoredEvent } from '../state/events.ts'
import type { RunState, Unanswered } from '../state/state.ts'
import { unlessAborted } from '../unless-aborted.ts'
import { argumentsText, intend } from './intent.ts'
import { resolveDoubt } from './resolve-doubt.ts'
import { runCall } from './run-call.ts'
import { type Runnable, type Sorted, sortCall } from './sort-call.ts'
import { toolContext } from './tool-context.ts'

/** What still waits is left to the next round. */
export async function callTools(
  scope: Scope,
  state: RunState,
  calls: readonly Unanswered[],
): Promise<readonly StoredEvent[]> {
  const spec = leaderOf(scope, state)
  const round = roundOf(scope, spec, state, await toolsOf(spec), calls)
  const begun = round.beginnings.length === 0 ? [] : await scope.journal.note(round.beginnings)
  const ended = await scope.journal.all(round.effects)
  noteAnswers(scope, state, round, ended)
  return begun.concat(...ended)
}

/**
 * The calls of an answer that is not on disk yet, where none of them need wait for that: each runs a pure tool, without a
 * hook or a question around it, or is settled without running.
 */
export function callsAhead(scope: Scope, state: RunState): readonly NamedEffect[] {
  const { unanswered: calls } = state
  const spec = leaderOf(scope, state)
  const set = toolsOf(spec)
  if (calls.length === 0 || set instanceof Promise || spec.hooks.some((each) => each.afterTool)) return []
  if (!calls.every(({ call }) => isPure(set, call))) return []
  try {
    const { effects, doubts, intents } = roundOf(scope, spec, state, set, calls)
    return doubts.length + intents.length === 0 && effects.length === calls.length ? effects : []
  } catch {
    // A schema may throw. It will again in the round itself, when the answer that was paid for is on disk.
    return []
  }
}

function isPure(set: ToolSet, call: ToolCall): boolean {
  return set.find(call.type === 'custom' ? call.custom.name : call.function.name)?.effect === 'pure'
}

type Of<T extends Sorted['type']> = Sorted & { type: T }

/** What is done at once, in the order of its effects: settled calls, doubts, intents, and those that run. */
interface Round {
  readonly effects: readonly NamedEffect[]
  /** written before any of them */
  readonly beginnings: readonly RecordedEvent[]
  readonly settled: readonly Of<'settled'>[]
  readonly doubts: readonly Of<'doubt'>[]
  readonly intents: readonly Of<'intend'>[]
}

function roundOf(scope: Scope, spec: AgentSpec, state: RunState, set: ToolSet, calls: readonly Unanswered[]): Round {
  const sorted = calls.map((open) => sortCall(scope, spec, state, set, open))
  const settled = sorted.filter((each) => each.type === 'settled')
  const doubts = sorted.filter((each) => each.type === 'doubt')
  const runnable = sorted.filter((each) => each.type === 'run')
  const intended = sorted.filter((each) => each.type === 'intend')
  const intents = thisWave(scope.places, intended, runnable)
  const effects = [
    ...settled.map(({ open, event }): NamedEffect => ({ name: nameOf('tool', state, open), effect: () => [event] })),
    ...doubts.map(
      ({ open, ready }): NamedEffect => ({
        name: nameOf('intent', state, open, ':doubt'),
        effect: (context) =>
          unlessAborted(context.signal, resolveDoubt(state, open, ready, toolContext(scope, ready, context))),
      }),
    ),
    ...intents.map(
      ({ open, ready }): NamedEffect => ({
        name: nameOf('intent', state, open),
        effect: (context) =>
          unlessAborted(context.signal, intend(scope, spec, state, open, ready, toolContext(scope, ready, context))),
      }),
    ),
    ...runnable.map((each): NamedEffect => {
      const { open, ready } = each
      const asked = childOf(ready.tool) || open.asked?.pending.type === 'unknown'
      const answered = open.decision && asked ? `:${open.decision.id}` : ''
      return {
        name: nameOf('tool', state, open, answered),
        effect: (context) =>
          context.begunBefore && mayNotRepeat(ready.tool)
            ? runUnlessDone(scope, spec, state, each, context)
            : runCall(scope, spec, state, each, context),
      }
    }),
  ]
  const beginnings = runnable.flatMap((each) => startedNow(state, each))
  return { effects, beginnings, settled, doubts, intents }
}

function nameOf(kind: 'tool' | 'intent', { steps }: RunState, { index }: Unanswered, suffix = ''): string {
  return `${kind}:${steps}:${index}${suffix}`
}

/** What intents and probes settled is read from their events alone: a replay runs none of them, and goes the same way. */
function noteAnswers(
  scope: Scope,
  { steps }: RunState,
  { settled, doubts, intents }: Round,
  ended: readonly (readonly StoredEvent[])[],
): void {
  for (const { open } of intents) scope.passed.add(`${steps}:${open.index}`)
  for (const [position, { open }] of doubts.entries()) {
    if (ended[settled.length + position]?.length !== 0) continue
    scope.inDoubt.delete(`${steps}:${open.index}`)
    scope.passed.add(`${steps}:${open.index}`)
  }
}

/** Calls that must not run twice are written before they begin, so those that would wait for a place or a lock are left to a later round. */
function thisWave(atOnce: number, intents: readonly Of<'intend'>[], runnable: readonly Runnable[]) {
  const lockOf = ({ ready: { tool, input } }: Pick<Runnable, 'ready'>) => tool.lock?.(input)
  if (intents.length === 0) return intents
  const locks = new Set(runnable.map(lockOf))
  let places = atOnce - runnable.length
  return intents.filter((each) => {
    const { tool } = each.ready
    if (tool.approval || tool.external) return true
    const lock = lockOf(each)
    if (places <= 0 || (lock !== undefined && locks.has(lock))) return false
    places -= 1
    if (lock !== undefined) locks.add(lock)
    return true
  })
}

function mayNotRepeat(tool: Tool): boolean {
  return tool.effect === 'once' && !childOf(tool) && !handoffOf(tool)
}

/** What an earlier process began: its probe is asked, then a person; it runs where the probe says that it did not happen. */
async function runUnlessDone(...given: Parameters<typeof runCall>): Promise<readonly RecordedEvent[]> {
  const [scope, , state, { open, ready }, context] = given
  const told = await unlessAborted(context.signal, resolveDoubt(state, open, ready, toolContext(scope, ready, context)))
  return told.length > 0 ? told : runCall(...given)
}

/** That a call which must not run twice begins now, since somebody approved it: from here on that word is used up. */
function startedNow({ steps: step }: RunState, { open, ready }: Runnable): RecordedEvent[] {
  const { tool, call } = ready
  if (!open.decision || !mayNotRepeat(tool)) return []
  return [
    {
      type: 'tool.started',
      step,
      index: open.index,
      callId: call.id,
      name: tool.name,
      arguments: argumentsText(ready),
    },
  ]
}
