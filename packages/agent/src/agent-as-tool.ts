/** An agent that another agent may call. */

import type { Schema } from '@pawl/schema'
import { type Tool, tool } from '@pawl/tools'
import type { Agent } from './agent.ts'

/** What is behind such a tool. */
export interface Child {
  readonly agent: Agent<any, any>
  readonly parametersGiven: boolean
}

const children = new WeakMap<Tool['run'], Child>()

/**
 * The agent as a tool: its run is a run of its own (`<runId>.<step>.<index>`) in the same store, its events appear among the
 * parent's, and both draw on one budget. Without `parameters` the model gives one text as `input`.
 */
export function agentAsTool<C>(
  agent: Agent<any, C>,
  options: { name: string; description: string; parameters?: Schema | undefined },
): Tool<C> {
  const { name, description, parameters = plainInput } = options
  const run = () => {
    throw new TypeError(`"${name}" is an agent and runs only inside a run.`)
  }
  const made: Tool<C> = {
    ...tool({ name, description, parameters, effect: 'idempotent', execute: run }),
    timeout: Infinity,
  }
  children.set(made.run, { agent, parametersGiven: options.parameters !== undefined })
  return made
}

/** By the function, so that a tool that was renamed or prefixed is still known. */
export function childOf(tool: Tool): Child | undefined {
  return children.get(tool.run)
}

/** What the child is asked: the text, or the arguments as JSON. */
export function childInput(input: unknown, { parametersGiven }: Child): string {
  if (!parametersGiven && typeof input === 'object' && input !== null && 'input' in input) return String(input.input)
  return JSON.stringify(input)
}

const plainInput = {
  type: 'object',
  properties: { input: { type: 'string', description: 'what it should do, with all it needs to know' } },
  required: ['input'],
  additionalProperties: false,
} as const
