/** The tools of one step: resolved from their sources, each name once, in a stable order. */

import type { ToolDefinition } from '@pawl/client'
import { ToolDefinitionError } from './definition-error.ts'
import type { ToolSource } from './source/tool-source.ts'
import type { Tool } from './tool.ts'

export interface ToolSet<C = any> {
  readonly tools: readonly Tool<C>[]
  /** the same array for the same tools, so that a request's text is made once */
  readonly definitions: readonly ToolDefinition[]
  find(name: string): Tool<C> | undefined
}

/**
 * Resolves sources, in order.
 * @throws ToolDefinitionError where two tools have one name, or names that a model would take for one another
 */
export async function toolSet<C>(list: readonly (Tool<C> | ToolSource<C>)[]): Promise<ToolSet<C>> {
  const lists = await Promise.all(list.map((item) => (isTool(item) ? [item] : item.tools())))
  return setOf(lists.flat())
}

/** The same for tools that need no resolving. */
export function setOf<C>(tools: readonly Tool<C>[]): ToolSet<C> {
  const byName = new Map<string, Tool<C>>()
  const lookalikes = new Map<string, string>()
  for (const tool of tools) {
    if (byName.has(tool.name))
      throw new ToolDefinitionError(`Two tools are called "${tool.name}"; rename one, or give a source a prefix.`)
    const folded = tool.name.toLowerCase().replaceAll('-', '_').replaceAll(/[il]/g, '1').replaceAll('o', '0')
    const twin = lookalikes.get(folded)
    if (twin !== undefined)
      throw new ToolDefinitionError(
        `The tools "${twin}" and "${tool.name}" are too alike for a model to tell apart; rename one.`,
      )
    byName.set(tool.name, tool)
    lookalikes.set(folded, tool.name)
  }
  return { tools, definitions: tools.map(({ definition }) => definition), find: (name) => byName.get(name) }
}

export function isTool<C>(item: Tool<C> | ToolSource<C>): item is Tool<C> {
  return 'run' in item
}
