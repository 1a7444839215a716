/** One round over the calls of a step: each is settled, asked about, or run, as effects of the journal. */

import { childOf } from '../agent-as-tool.ts'
import type { RecordedEvent, StoredEvent } from '../events.ts'
import { handoffOf } from '../handoff.ts'
import type { NamedEffect } from '../journal/journal.ts'
import { leaderOf, type Scope, toolsOf } from '../scope.ts'
import type { RunState, Unanswered } from '../state.ts'
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
  const set = await toolsOf(spec)
  const sorted = calls.map((open) => sortCall(scope, spec, state, set, open))
  const settled = sorted.filter((each) => each.type === 'settled')
  const doubts = sorted.filter((each) => each.type === 'doubt')
  const runnable = sorted.filter((each) => each.type === 'run')
  const intents = thisWave(
    scope.places,
    sorted.filter((each) => each.type === 'intend'),
    runnable,
  )
  const named = (kind: 'tool' | 'intent', { index }: Unanswered, suffix = '') =>
    `${kind}:${state.steps}:${index}${suffix}`
  const effects: NamedEffect[] = []
  for (const { open, event } of settled) effects.push({ name: named('tool', open), effect: async () => [event] })
  for (const { open, ready } of doubts)
    effects.push({
      name: named('intent', open, ':doubt'),
      effect: (context) =>
        unlessAborted(context.signal, resolveDoubt(state, open, ready, toolContext(scope, ready, context))),
    })
  for (const { open, ready } of intents)
    effects.push({
      name: named('intent', open),
      effect: (context) =>
        unlessAborted(context.signal, intend(scope, spec, state, open, ready, toolContext(scope, ready, context))),
    })
  for (const each of runnable)
    effects.push({
      name: named('tool', each.open, each.open.decision && childOf(each.ready.tool) ? `:${each.open.decision.id}` : ''),
      effect: (context) => runCall(scope, spec, state, each, context),
    })
  const beginnings = runnable.flatMap((each) => startedNow(state, each))
  const begun = beginnings.length === 0 ? [] : await scope.journal.note(beginnings)
  const ended = await scope.journal.all(effects)
  // What intents and probes settled is read from their events alone: a replay runs none of them, and goes the same way.
  const key = ({ index }: Unanswered) => `${state.steps}:${index}`
  for (const { open } of intents) scope.passed.add(key(open))
  for (const [position, { open }] of doubts.entries()) {
    if (ended[settled.length + position]?.length !== 0) continue
    scope.inDoubt.delete(key(open))
    scope.passed.add(key(open))
  }
  return [...begun, ...ended.flat()]
}

/** Calls that must not run twice are written before they begin, so those that would wait for a place or a lock are left to a later round. */
function thisWave(atOnce: number, intents: readonly (Sorted & { type: 'intend' })[], runnable: readonly Runnable[]) {
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

/** That a call which must not run twice begins now, since somebody approved it: from here on that word is used up. */
function startedNow({ steps: step }: RunState, { open, ready }: Runnable): RecordedEvent[] {
  const { tool, call } = ready
  if (!open.decision || tool.effect !== 'once' || childOf(tool) || handoffOf(tool)) return []
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
