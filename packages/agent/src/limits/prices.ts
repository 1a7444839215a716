/** What completions cost, and that a limit of money can be counted. */

import type { Usage } from '@pawl/client'
import { isTool } from '@pawl/tools'
import { type Agent, type AgentSpec, specOf } from '../agent.ts'
import { childOf } from '../agent-as-tool.ts'
import { RunError } from '../errors/run-error.ts'
import { targetOf } from '../handoff.ts'

/** What completions cost. `@pawl/prices` has one for the models that are sold; a limit of cost needs one. */
export interface PriceTable {
  /** in one currency; undefined for a model that it does not know */
  cost(model: string, usage: Usage): number | undefined
}

/**
 * Every model that a run may ask has a price: its agent's, those it hands to, and those it calls as tools.
 * @throws RunError `price_unknown`
 */
export function checkPrices(agent: Agent<any, any>, prices: PriceTable | undefined): void {
  for (const { models } of members(agent)) {
    for (const { id } of models) {
      if (prices?.cost(id, { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 }) !== undefined) continue
      const help = 'pass `prices` that know it, or limit tokens'
      throw new RunError('price_unknown', `A limit of cost needs the price of "${id}": ${help}.`)
    }
  }
}

function members(agent: Agent<any, any>, found = new Set<AgentSpec>()): ReadonlySet<AgentSpec> {
  const spec = specOf(agent)
  if (found.has(spec)) return found
  found.add(spec)
  for (const next of spec.handoffs()) members(targetOf(next).agent, found)
  for (const item of spec.tools) {
    const child = isTool(item) ? childOf(item) : undefined
    if (child) members(child.agent, found)
  }
  return found
}
