/** Handing the conversation to another agent: for the model, a tool without arguments. */

import type { Message } from '@pawl/client'
import { type Tool, tool } from '@pawl/tools'
import { type Agent, type AgentSpec, type Handoff, specOf } from './agent.ts'
import { RunError } from './errors/run-error.ts'

/** How a conversation is handed over. */
export interface HandoffOptions {
  /** when to hand over; the model reads it */
  description?: string | undefined
  /** what the next agent sees of the conversation before the message that hands over; all of it when left out */
  filter?: ((messages: readonly Message[]) => readonly Message[]) | undefined
}

/** Whom to hand to, and how. */
export interface Target extends HandoffOptions {
  readonly agent: Agent<any, any>
}

const targets = new WeakMap<Handoff, Target>()

/** An agent to hand to, with a description for the model or a filter of the history. The bare agent will do without. */
export function handoff(agent: Agent<any, any>, options: HandoffOptions = {}): Handoff {
  const made: Handoff = { name: agent.name }
  targets.set(made, { ...options, agent })
  return made
}

export function targetOf(made: Handoff): Target {
  return targets.get(made) ?? { agent: made }
}

const handoffTools = new WeakMap<Tool, Target>()

/** The tools by which an agent hands over. Their `run` is never called: the loop does it. */
export function handoffTool(made: Handoff): Tool {
  const target = targetOf(made)
  const name = `handoff_to_${target.agent.name.replaceAll(/[^a-zA-Z0-9_-]/g, '_')}`.slice(0, 64)
  const description = target.description ?? `Hand the conversation over to ${target.agent.name}.`
  const made_ = tool({
    name,
    description,
    parameters: { type: 'object', properties: {}, required: [], additionalProperties: false },
    effect: 'idempotent',
    execute: () => '',
  })
  handoffTools.set(made_, target)
  return made_
}

export function handoffOf(tool: Tool): Target | undefined {
  return handoffTools.get(tool)
}

/**
 * Every agent that the conversation can reach, by name.
 * @throws RunError `agent_unknown` where two of them have one name
 */
export function reachable(root: Agent<any, any>): ReadonlyMap<string, AgentSpec> {
  const found = new Map<string, AgentSpec>()
  const visit = (agent: Agent<any, any>): void => {
    const spec = specOf(agent)
    const known = found.get(spec.name)
    if (known === spec) return
    if (known)
      throw new RunError(
        'agent_unknown',
        `Two agents of the run are called "${spec.name}"; a log could not tell them apart.`,
      )
    found.set(spec.name, spec)
    for (const next of spec.handoffs()) visit(targetOf(next).agent)
  }
  visit(root)
  return found
}
