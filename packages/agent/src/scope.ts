/** What a run under way works with, beside its state: nothing of it is stored. */

import { fixJson, type PawlError } from '@pawl/client'
import { isTool, setOf, type Tool, type ToolQueue, type ToolSet, toolSet } from '@pawl/tools'
import type { AgentSpec } from './agent.ts'
import { RunError } from './errors/run-error.ts'
import { handoffTool } from './handoff.ts'
import type { Journal } from './journal/journal.ts'
import type { Budget } from './limits/budget.ts'
import type { PriceTable } from './limits/prices.ts'
import type { RecordedEvent, RunEvent } from './state/events.ts'
import type { Decision } from './state/pending.ts'
import type { RunState } from './state/state.ts'
import type { StepContext } from './step-context.ts'
import type { RunStore } from './store/run-store.ts'

export interface Scope {
  readonly journal: Journal
  /** the agent that the run was started with: its output and limits hold to the end */
  readonly root: AgentSpec
  readonly agents: ReadonlyMap<string, AgentSpec>
  readonly context: unknown
  readonly signal: AbortSignal
  readonly store: RunStore
  readonly budget: Budget
  readonly queue: ToolQueue
  /** tools that run at once */
  readonly places: number
  readonly prices: PriceTable | undefined
  /** what no tool's result or error may tell */
  readonly secrets?: readonly string[] | undefined
  /** calls (`<step>:<index>`) that had begun when an earlier process ended: whether they happened is unknown */
  readonly inDoubt: Set<string>
  /** calls whose hooks and approval were asked in this process */
  readonly passed: Set<string>
  /** whether anybody listens to live events */
  readonly streaming: () => boolean
  readonly show: (event: RunEvent) => void
  /** decisions that no call of this run has asked for: its children's */
  readonly decisions: readonly Decision[]
  /** starts the run of an agent that was called as a tool */
  readonly child: (request: ChildRequest) => Promise<ChildEnd>
  /** writes the end of a call that had been given up */
  readonly late: (event: RecordedEvent) => void
}

export interface ChildRequest {
  readonly runId: string
  readonly spec: AgentSpec
  readonly input: string
  readonly signal: AbortSignal
  readonly decisions: readonly Decision[]
}

/** `error` is told to the parent's model; a run that waits keeps the parent waiting. */
export type ChildEnd =
  | { readonly state: RunState; readonly error?: undefined }
  | { readonly state: RunState | undefined; readonly error: PawlError }

/** @throws RunError `agent_unknown` */
export function leaderOf({ agents }: Scope, { agent, runId }: RunState): AgentSpec {
  const spec = agents.get(agent)
  if (spec) return spec
  throw new RunError(
    'agent_unknown',
    `The run is led by "${agent}", which cannot be reached from the agent that was given (${[...agents.keys()].join(', ')}).`,
    { runId },
  )
}

export function stepContext(scope: Scope, state: RunState, number: number): StepContext<any> {
  const { context, signal } = scope
  return { context, number, runId: state.runId, agent: state.agent, signal, messages: state.messages }
}

const fixedSets = new WeakMap<AgentSpec, ToolSet>()

/** The tools of an agent, handoffs included. Resolved once where none of them comes from a source. */
export function toolsOf(spec: AgentSpec): ToolSet | Promise<ToolSet> {
  const known = fixedSets.get(spec)
  if (known) return known
  const handoffs = spec.handoffs().map(handoffTool)
  if (!spec.tools.every(isTool)) return toolSet([...spec.tools, ...handoffs])
  const set = setOf([...(spec.tools as readonly Tool[]), ...handoffs])
  const fixed = { ...set, definitions: fixJson(set.definitions) }
  fixedSets.set(spec, fixed)
  return fixed
}
