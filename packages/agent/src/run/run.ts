/** Starts runs, and goes on with them. */

import type { Message } from '@pawl/client'
import { type Agent, specOf } from '../agent.ts'
import type { OnPending } from '../decider.ts'
import { defaultLimits, type Limits, mergeLimits } from '../limits/limits.ts'
import { checkPrices, type PriceTable } from '../limits/prices.ts'
import type { RunEvent } from '../state/events.ts'
import { validHistory } from '../state/history.ts'
import type { Decision } from '../state/pending.ts'
import { memoryStore } from '../store/memory-store.ts'
import type { RunStore } from '../store/run-store.ts'
import { type Beginning, execute, type Surroundings } from './execute.ts'
import { type Run, runHandle } from './run-handle.ts'
import { checkRunId, newRunId } from './run-id.ts'
import { resultOf } from './run-result.ts'

interface SharedOptions {
  signal?: AbortSignal | undefined
  limits?: Limits | undefined
  prices?: PriceTable | undefined
  /** told every event; what it throws is the run's fault no more than any listener's */
  onEvent?: ((event: RunEvent) => void) | undefined
  /** asked in this process for what the run waits for; undefined leaves it waiting */
  onPending?: OnPending | undefined
  /** ask for streams although nobody listens yet */
  stream?: boolean | undefined
  /** tools that run at once; 8 */
  concurrency?: number | undefined
  /** told in no result, no error and no fault of a call's arguments, in none of their forms (plain, JSON, URL, base64) */
  secrets?: readonly string[] | undefined
}

/** Where a run is kept, what bounds it, and who watches. */
export interface RunOptions extends SharedOptions {
  /** made when left out; lower-case letters, digits, `_`, `-` */
  runId?: string | undefined
  /** memory when left out: the run ends with its process */
  store?: RunStore | undefined
  /** the run whose conversation this one goes on with, in the same store */
  after?: string | undefined
}

/** Where the run is, and what is decided or changed. */
export interface ResumeOptions extends SharedOptions {
  store: RunStore
  decisions?: readonly Decision[] | undefined
}

/** `context` is asked for exactly when a tool of the agent wants one. */
export type ContextOption<C> = unknown extends C ? { context?: C } : { context: C }
/** Options must be given exactly when they must hold a `context`. */
export type OptionsArgument<C, O> = unknown extends C ? [options?: O & { context?: C }] : [options: O & { context: C }]

/**
 * Runs an agent. Arguments are checked at once; the run starts in the next microtask.
 * @param input a text, or a conversation that ends with what is asked
 * @throws RunError `price_unknown`, StoreError `id`; the run itself rejects with a PawlError that carries its id
 */
export function run<O, C>(
  agent: Agent<O, C>,
  input: string | readonly Message[],
  ...rest: OptionsArgument<C, RunOptions>
): Run<O> {
  const options: RunOptions & { context?: unknown } = rest[0] ?? {}
  const { runId = newRunId(Date.now()), store = memoryStore(), after, prices } = options
  checkRunId(runId)
  const spec = specOf(agent)
  const messages = typeof input === 'string' ? [{ role: 'user' as const, content: input }] : validHistory(input)
  const limits = mergeLimits(defaultLimits, spec.limits, options.limits)
  if (limits.cost !== undefined) checkPrices(agent, prices)
  const beginning: Beginning = { type: 'new', input: messages, limits, after }
  return begin(runId, agent, beginning, { ...options, store })
}

/**
 * Goes on with a run: after a crash, with decisions, with other limits. A run that is done gives its recorded result.
 * @throws as `run` does; `run_unknown`, `decision_unknown`, `agent_unknown`, StoreError `locked` reject
 */
export function resume<O, C>(agent: Agent<O, C>, runId: string, options: ResumeOptions & ContextOption<C>): Run<O> {
  checkRunId(runId)
  specOf(agent)
  const { decisions = [], limits } = options
  return begin(runId, agent, { type: 'resume', decisions, limits }, options)
}

function begin<O>(
  runId: string,
  agent: Agent<O, any>,
  beginning: Beginning,
  options: SharedOptions & { store: RunStore; context?: unknown },
): Run<O> {
  const { store, context, prices, signal, onEvent, onPending, stream, concurrency, secrets } = options
  const work: Parameters<typeof runHandle<O>>[1] = async (lead) => {
    const both = signal ? AbortSignal.any([signal, lead.signal]) : lead.signal
    const around: Surroundings = {
      ...{ store, context, prices, concurrency, secrets, onPending },
      lead: { ...lead, signal: both },
    }
    return resultOf<O>(await execute(runId, agent, beginning, around), specOf(agent), prices !== undefined)
  }
  const handle = runHandle<O>(runId, work, { onEvent, stream })
  origins.set(handle, { agent, options })
  return handle
}

const origins = new WeakMap<Run<any>, { agent: Agent<any, any>; options: SharedOptions & { context?: unknown } }>()

/** Resumes the run of this handle with its own agent and options, and these over them: what a test does after a crash. */
export function again<O>(run: Run<O>, options: ResumeOptions): Run<O> {
  const origin = origins.get(run)
  if (!origin) throw new TypeError('Only what run() or resume() gave can be gone on with.')
  return resume(origin.agent, run.runId, { ...origin.options, ...options })
}
