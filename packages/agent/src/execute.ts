/** One run under way in this process: claims it, folds its log, loops, writes its end, and lets go. */

import { AbortError, isPawlError, type Message, type Model, PawlError } from '@pawl/client'
import { isTool, type Tool, toolQueue } from '@pawl/tools'
import { type Agent, type AgentSpec, specOf } from './agent.ts'
import { type Budget, createBudget } from './budget.ts'
import { RunError } from './errors/run-error.ts'
import { logVersion, type RecordedEvent } from './events.ts'
import { reachable } from './handoff.ts'
import { validHistory } from './history.ts'
import { embeddedJournal } from './journal/embedded-journal.ts'
import type { Journal } from './journal/journal.ts'
import { defaultLimits, type Limits, mergeLimits } from './limits.ts'
import { loop } from './loop.ts'
import type { Decision, Pending } from './pending.ts'
import { checkPrices, type PriceTable } from './prices.ts'
import { fold, record } from './record.ts'
import type { Lead } from './run-handle.ts'
import { pendingOf } from './run-result.ts'
import type { ChildEnd, ChildRequest, Scope } from './scope.ts'
import type { RunState } from './state.ts'
import type { RunLease, RunStore } from './store/run-store.ts'
import { estimateTokens } from './tokens.ts'

/** What all runs of a tree share. */
export interface Surroundings {
  readonly store: RunStore
  readonly context: unknown
  readonly prices: PriceTable | undefined
  readonly concurrency: number | undefined
  readonly onPending: ((pending: Pending) => Decision | undefined | Promise<Decision | undefined>) | undefined
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
  const leave = new AbortController()
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
  try {
    lease = await store.claim(runId)
    forget.push(stop(lease.lost))
    const log = lease.length > 0 ? await store.read(runId) : []
    if (beginning.type === 'new' && log.length > 0)
      throw new RunError('run_exists', `There is a run ${runId} already; resume it, or take another id.`, { runId })
    if (beginning.type === 'resume' && log.length === 0)
      throw new RunError('run_unknown', `The store holds no run ${runId}.`, { runId })
    const given: Decision[] = beginning.type === 'resume' ? [...beginning.decisions] : []
    journal = embeddedJournal({
      lease,
      signal: leave.signal,
      now: Date.now,
      show: lead.show,
      sent: lead.sent,
      decide: decider(given, around),
    })
    const begun = beginning.type === 'new' ? await journal.note([startedEvent(agent, beginning)]) : log
    state = fold(begun)
    if (!state) throw new RunError('run_unknown', `The log of ${runId} does not begin with run.started.`, { runId })
    const limits = beginning.type === 'new' ? state.limits : mergeLimits(state.limits, beginning.limits)
    const budget = createBudget(limits, outer)
    if (budget.room('cost').allowed < Infinity) checkPrices(agent, around.prices)
    budget.enter(runId, state.usage.total_tokens, state.cost)
    if (state.status === 'done') return state
    const opened = await open(store, state, beginning)
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
      signal: leave.signal,
      decisions: given,
      streaming: lead.streaming,
      show: lead.show,
      inDoubt: new Set(inDoubt),
      passed: new Set(),
      queue: toolQueue({ concurrency: places }),
      places,
      child: (request) => runChild(request, runId, around, budget),
      late: (written) => late.push(written.catch(() => {})),
    }
    const wider = beginning.type === 'resume' && beginning.limits !== undefined && state.closing !== undefined
    const end = await loop(scope, wider ? await reopen(journal, opened) : opened, keep)
    await Promise.all(late)
    return end
  } catch (cause) {
    const aborted = leave.signal.aborted && !lease?.lost.aborted
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
  agent: Agent<any, any>,
  { input, limits, after, parent }: Beginning & { type: 'new' },
): RecordedEvent {
  return {
    type: 'run.started',
    v: logVersion,
    agent: agent.name,
    input,
    limits,
    ...(after !== undefined && { after }),
    ...(parent !== undefined && { parent }),
  }
}

/** The state to go on from: with the conversation it continues, and with other limits where they are given. */
async function open(store: RunStore, state: RunState, beginning: Beginning): Promise<RunState> {
  const prior = state.after === undefined ? [] : await conversation(store, state.after)
  const whole = prior.length === 0 || state.from > 0 ? state : withPrior(state, prior)
  if (beginning.type === 'new') return whole
  const { closing: _, result: __, error: ___, ...rest } = whole
  return {
    ...rest,
    status: 'running',
    limits: mergeLimits(state.limits, beginning.limits),
    ...(state.closing && beginning.limits === undefined && { closing: state.closing }),
  }
}

function withPrior(state: RunState, prior: readonly Message[]): RunState {
  const size = prior.reduce((sum, message) => sum + estimateTokens(message), state.size)
  return { ...state, messages: [...prior, ...state.messages], from: prior.length, size }
}

/** The messages of a run, with those of the runs before it. @throws RunError `run_unknown` */
export async function conversation(store: RunStore, runId: string): Promise<readonly Message[]> {
  const log = await store.read(runId)
  const state = fold(log)
  if (!state) throw new RunError('run_unknown', `The store holds no run ${runId} to go on after.`, { runId })
  const compacted = log.some((event) => event.type === 'history.compacted')
  const before = state.after === undefined || compacted ? [] : await conversation(store, state.after)
  return validHistory([...before, ...state.messages])
}

/** A run that gave its last answer under a limit goes on under a wider one: the model is told that it may. */
async function reopen(journal: Journal, state: RunState): Promise<RunState> {
  if (state.messages.at(-1)?.role !== 'assistant') return state
  const message = { role: 'user', content: 'The limit was raised; go on, and use tools where they help.' } as const
  const events = await journal.note([{ type: 'message.added', by: 'loop', message }])
  return events.reduce(record, state)
}

/** Calls that were on record as begun when the log ended: this process did not begin them. */
function doubtful({ steps, unanswered }: RunState): string[] {
  return unanswered.flatMap(({ index, started }) => (started === undefined ? [] : [`${steps}:${index}`]))
}

/** A decision for a call of this run must be one that is asked for; those of children are checked by them. */
function checkDecisions(state: RunState, decisions: readonly Decision[]): void {
  const own = pendingOf(state)
  const unknown = decisions.find(({ id }) => !own.some((pending) => pending.id === id))
  if (!unknown) return
  throw new RunError(
    'decision_unknown',
    `Nothing in the run ${state.runId} waits for the decision ${unknown.id}; it may have been decided, or asked anew.`,
    { runId: state.runId },
  )
}

/** A decision that was given beforehand, else one that is asked for in this process, once, else none: the run is parked. */
function decider(given: Decision[], { onPending }: Surroundings) {
  const left = new Set<string>()
  return async (pending: readonly Pending[]): Promise<Decision | undefined> => {
    for (const { id } of pending) {
      const at = given.findIndex((decision) => decision.id === id)
      if (at !== -1) return given.splice(at, 1)[0]
    }
    for (const each of pending) {
      if (left.has(each.id)) continue
      const decision = await onPending?.(each)
      if (decision) return decision
      left.add(each.id)
    }
    return undefined
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

/** The end of an attempt: a later one goes on from it. */
function endEvent(state: RunState, { code, message }: PawlError, aborted: boolean): RecordedEvent {
  if (!aborted) return { type: 'run.failed', error: { code, message } }
  const stoppedBy = { limit: 'aborted', reached: state.steps, allowed: state.steps } as const
  return { type: 'run.stopped', reason: 'aborted', stoppedBy, text: state.text }
}

function isStoreFault(error: unknown): boolean {
  return (
    isPawlError(error) &&
    (error.code === 'store_error' ||
      ('code' in error &&
        (error.code === 'run_exists' || error.code === 'decision_unknown' || error.code === 'run_unknown')))
  )
}

function abortOf(signal: AbortSignal, state: RunState | undefined, runId: string): AbortError {
  const partial = state && { text: state.text, messages: state.messages, usage: state.usage, steps: state.steps }
  return new AbortError(`The run ${runId} was aborted; resume goes on from its last step.`, {
    cause: signal.reason,
    partial,
    runId,
  })
}

function asPawlError(cause: unknown, runId: string): PawlError {
  if (!isPawlError(cause))
    return new PawlError(cause instanceof Error ? cause.message : 'The run failed.', { cause, runId })
  if (cause.runId === undefined)
    Object.defineProperty(cause, 'runId', { value: runId, enumerable: true, configurable: true })
  return cause
}
