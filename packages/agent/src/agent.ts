/** An agent: a model, what it is told, what it may call. A bag of defaults; nothing runs until `run`. */

import type { Message, Model, ModelRequest, ToolChoice } from '@pawl/client'
import type { Output, Schema } from '@pawl/schema'
import { type OutputContract, outputContract } from '@pawl/structured'
import type { ContextOf, Tool, ToolSource } from '@pawl/tools'
import type { Hooks } from './hooks.ts'
import type { Limits } from './limits/limits.ts'
import type { StepContext } from './step-context.ts'

declare const output: unique symbol
declare const context: unique symbol

/** `O` is the type of the final answer, `C` what its tools want as `context`. */
export interface Agent<O = unknown, C = any> {
  readonly name: string
  readonly [output]?: O
  readonly [context]?: (c: C) => void
}

/** An agent that another may hand the conversation to; `handoff()` adds a description and a filter. */
export type Handoff = Agent<any, any>

/** Parameters of each request beside messages, tools and response format. */
export type ModelSettings = Partial<Omit<ModelRequest, 'messages' | 'tools' | 'tool_choice' | 'response_format'>>

/** When and how a history is made shorter. */
export interface Compaction {
  /** tokens (estimated) above which it is done before a call; an overflow told by the server does it always */
  above?: number | undefined
  /** steps at the end that stay as they are; 4 */
  keep?: number | undefined
  /** gives a text that stands for what is dropped */
  summarise?: ((dropped: readonly Message[], signal: AbortSignal) => string | Promise<string>) | undefined
}

/** A model, what it is told, and what it may call. All but `model` may be left out. */
export interface AgentOptions<S extends Schema | undefined, T extends readonly (Tool | ToolSource)[]> {
  /** unique among the agents of a run; `agent` when left out */
  name?: string | undefined
  instructions?: string | ((step: StepContext<ContextOf<T>>) => string | Promise<string>) | undefined
  /** several: each is tried when the one before cannot be reached */
  model: Model | readonly Model[]
  tools?: T | undefined
  /** the final answer is of this shape: checked, and asked for again where it is not */
  output?: S | undefined
  /** Two agents that hand to each other: a function here, and the first of them annotated (`const triage: Agent<string> = agent(...)`). */
  handoffs?: readonly Handoff[] | (() => readonly Handoff[]) | undefined
  limits?: Limits | undefined
  hooks?: Hooks<ContextOf<T>> | readonly Hooks<ContextOf<T>>[] | undefined
  /** for the first step; later ones are `auto`, so that a forced call does not repeat for ever */
  toolChoice?: ToolChoice | undefined
  modelSettings?:
    | ModelSettings
    | ((step: StepContext<ContextOf<T>>) => ModelSettings | Promise<ModelSettings>)
    | undefined
  compaction?: Compaction | undefined
}

/** An agent's options, filled in. */
export interface AgentSpec {
  readonly agent: Agent<any, any>
  readonly name: string
  readonly instructions: string | ((step: StepContext<any>) => string | Promise<string>) | undefined
  readonly models: readonly Model[]
  readonly tools: readonly (Tool | ToolSource)[]
  readonly contract: OutputContract<unknown> | undefined
  readonly handoffs: () => readonly Handoff[]
  readonly limits: Limits | undefined
  readonly hooks: readonly Hooks<any>[]
  readonly toolChoice: ToolChoice | undefined
  readonly modelSettings:
    | ModelSettings
    | ((step: StepContext<any>) => ModelSettings | Promise<ModelSettings>)
    | undefined
  readonly compaction: Compaction
}

const specs = new WeakMap<Agent<any, any>, AgentSpec>()

/** Defines an agent. @throws SchemaError where the output cannot be described to a model */
export function agent<S extends Schema | undefined = undefined, const T extends readonly (Tool | ToolSource)[] = []>(
  options: AgentOptions<S, T>,
): Agent<S extends Schema ? Output<S> : string, ContextOf<T>> {
  const { name = 'agent', model, tools = [], handoffs = [], hooks = [], compaction = {} } = options
  const made: Agent<any, any> = { name }
  specs.set(made, {
    ...{ agent: made, name, tools, compaction, instructions: options.instructions, limits: options.limits },
    models: Array.isArray(model) ? model : [model as Model],
    contract: options.output && outputContract(options.output),
    handoffs: typeof handoffs === 'function' ? handoffs : () => handoffs,
    hooks: (Array.isArray(hooks) ? hooks : [hooks]) as readonly Hooks<any>[],
    toolChoice: options.toolChoice,
    modelSettings: options.modelSettings as AgentSpec['modelSettings'],
  })
  return made
}

/** @throws TypeError for something that `agent()` did not make */
export function specOf(agent: Agent<any, any>): AgentSpec {
  const spec = specs.get(agent)
  if (!spec) throw new TypeError(`"${agent?.name}" is no agent: make it with agent({ … }).`)
  return spec
}
