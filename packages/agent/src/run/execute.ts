/** One run under way in this process: claims it, folds its log, loops, writes its end, and lets go. */

import { abortController, type Message, type Model } from '@pawl/client'
import { isTool, type Tool, toolQueue } from '@pawl/tools'
import { type Agent, type AgentSpec, specOf } from '../agent.ts'
import { checkDecisions, decider, type OnPending } from '../decider.ts'
import { RunError } from '../errors/run-error.ts'
import { reachable } from '../handoff.ts'
import { embeddedJournal } from '../journal/embedded-journal.ts'
import type { Journal } from '../journal/journal.ts'
import { type Budget, createBudget } from '../limits/budget.ts'
import { defaultLimits, type Limits, mergeLimits } from '../limits/limits.ts'
import { checkPrices, type PriceTable } from '../limits/prices.ts'
import { loop } from '../loop.ts'
import type { ChildEnd, ChildRequest, Scope } from '../scope.ts'
import { logVersion, type StoredEvent } from '../state/events.ts'
import type { Decision } from '../state/pending.ts'
import { fold } from '../state/record.ts'
import type { RunState } from '../state/state.ts'
import type { RunLease, RunStore } from '../store/run-store.ts'
import { doubtful, openLog, openRun, resumed } from './open-run.ts'
import { abortOf, asPawlError, endEvent, isStoreFault } from './run-end.ts'
import type { Lead } from './run-handle.ts'
import { pendingOf } from './run-result.ts'

/** What all runs of a tree share. */
export interface Surroundings {
  readonly store: RunStore
  readonly context: unknown
  readonly prices: PriceTable | undefined
  readonly concurrency: number | undefined
  readonly secrets?: readonly string[] | undefined
  readonly onPending: OnPending | undefined
  readonly lead: Lead
  /** stands in for models and tools: a replay answers from its record */
  readonly rewrite?: Rewrite | undefined
  /** told each new state */
  readonly keep?: ((state: RunState) => void) | undefined
}

export interface Rewrite {
  readonly model: (model: Model) => Model
  readonly tool: (tool: Tool) => Tool
}

/** How a run begins: with an input, or where its log ends. */
export type Beginning =
  | {
      readonly type: 'new'
      readonly input: readonly Message[]
      readonly limits: Limits
      readonly after?: string | undefined
      readonly parent?: string | undefined
    }
  | { readonly type: 'resume'; readonly decisions: readonly Decision[]; readonly limits?: Limits | undefined }

/** @returns the state at its end: done, stopped or waiting. @throws PawlError with the run's id */
export async function execute(
  runId: string,
  agent: Agent<any, any>,
  beginning: Beginning,
  around: Surroundings,
  outer?: Budget,
): Promise<RunState> {
  const { store, lead } = around
  const agents = around.rewrite ? rewritten(reachable(agent), around.rewrite) : reachable(agent)
  let lease: RunLease | undefined
  let state: RunState | undefined
  const leave = abortController()
  const stop = (signal: AbortSignal) => {
    const forward = () => leave.abort(signal.reason)
    if (signal.aborted) forward()
    else signal.addEventListener('abort', forward)
    return () => signal.removeEventListener('abort', forward)
  }
  const forget = [stop(lead.signal)]
  const keep = (next: RunState) => {
    state = next
    around.keep?.(next)
  }
  let journal: Journal | undefined
  let abandoned = false
  try {
    const first = beginning.type === 'new' ? [startedEvent(runId, agent, beginning)] : []
    lease = await store.claim(runId, first)
    forget.push(stop(lease.lost))
    const log = await openLog(store, lease, first)
    for (const event of first) lead.show(event)
    const given: Decision[] = beginning.type === 'resume' ? [...beginning.decisions] : []
    journal = embeddedJournal({
      lease,
      signal: leave.signal,
      now: Date.now,
      show: lead.show,
      watched: lead.watched,
      sent: lead.sent,
      decide: decider(given, around.onPending),
      abandon(reason) {
        abandoned = true
        leave.abort(reason)
      },
    })
    state = fold(log)
    if (!state) throw new RunError('run_unknown', `The log of ${runId} does not begin with run.started.`, { runId })
    const limits = beginning.type === 'new' ? state.limits : mergeLimits(state.limits, beginning.limits)
    const budget = createBudget(limits, outer)
    if (budget.room('cost').allowed < Infinity) checkPrices(agent, around.prices)
    budget.enter(runId, state.usage.total_tokens, state.cost)
    if (state.status === 'done') return state
    const opened = await openRun(store, state)
    const inDoubt = beginning.type === 'resume' ? doubtful(opened) : []
    checkDecisions(opened, given)
    const { concurrency: places = 8 } = around
    const late: Promise<unknown>[] = []
    const scope: Scope = {
      journal,
      root: agents.get(agent.name) ?? specOf(agent),
      agents,
      store,
      budget,
      context: around.context,
      prices: around.prices,
      secrets: around.secrets,
      signal: leave.signal,
      decisions: given,
      streaming: lead.streaming,
      show: lead.show,
      inDoubt: new Set(inDoubt),
      passed: new Set(),
      queue: toolQueue({ concurrency: places }),
      places,
      child: (request) => runChild(request, runId, around, budget),
      late: (event) => {
        // The answer that asked for it is not on record either.
        if (!abandoned) late.push(scope.journal.note([event]).catch(() => {}))
      },
    }
    const open = beginning.type === 'new' ? opened : await resumed(journal, opened, beginning.limits)
    const end = await loop(scope, open, keep)
    await Promise.all(late)
    return end
  } catch (cause) {
    const aborted = lead.signal.aborted && !lease?.lost.aborted
    const error = aborted ? abortOf(lead.signal, state, runId) : asPawlError(cause, runId)
    if (journal && state && !lease?.lost.aborted && !isStoreFault(cause))
      await journal.note([endEvent(state, error, aborted)]).catch(() => {
        // A store that cannot take it leaves the log as it was; the error itself is on its way to the caller.
      })
    throw error
  } finally {
    for (const each of forget) each()
    await lease?.release().catch(() => {})
  }
}

function rewritten(agents: ReadonlyMap<string, AgentSpec>, { model, tool }: Rewrite): ReadonlyMap<string, AgentSpec> {
  const change = (spec: AgentSpec): AgentSpec => ({
    ...spec,
    models: spec.models.map(model),
    tools: spec.tools.map((item) =>
      isTool(item) ? tool(item) : { tools: async () => (await item.tools()).map(tool) },
    ),
  })
  return new Map([...agents].map(([name, spec]) => [name, change(spec)]))
}

function startedEvent(
  runId: string,
  agent: Agent<any, any>,
  { input, limits, after, parent }: Beginning & { type: 'new' },
): StoredEvent {
  return {
    type: 'run.started',
    ...{ runId, at: 0, time: Date.now() },
    v: logVersion,
    agent: agent.name,
    input,
    limits,
    ...(after !== undefined && { after }),
    ...(parent !== undefined && { parent }),
  }
}

async function runChild(
  { runId, spec, input, signal, decisions }: ChildRequest,
  parent: string,
  around: Surroundings,
  budget: Budget,
): Promise<ChildEnd> {
  let last: RunState | undefined
  const keep = (state: RunState) => {
    last = state
  }
  const lead: Lead = { ...around.lead, signal, sent: () => [] }
  const begun = fold(await around.store.read(runId))
  const limits = mergeLimits(defaultLimits, spec.limits)
  // The parent's record keeps a word that the child may have used up before a crash.
  const asked = begun ? pendingOf(begun) : []
  const beginning: Beginning = begun
    ? { type: 'resume', decisions: decisions.filter((each) => asked.some(({ id }) => id === each.id)) }
    : { type: 'new', input: [{ role: 'user', content: input }], limits, parent }
  try {
    return { state: await execute(runId, spec.agent, beginning, { ...around, lead, keep }, budget) }
  } catch (error) {
    return { state: last, error: asPawlError(error, runId) }
  }
}
