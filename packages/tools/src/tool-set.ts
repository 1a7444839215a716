/** The tools of one step: resolved from their sources, each name once, in a stable order. */

import type { ToolDefinition } from '@pawl/client'
import { ToolDefinitionError } from './define/definition-error.ts'
import type { Tool } from './define/tool.ts'
import { gaveUp, within } from './execute/within.ts'
import type { ToolSource } from './source/tool-source.ts'

export interface ToolSet<C = any> {
  readonly tools: readonly Tool<C>[]
  /** the same array for the same tools, so that a request's text is made once */
  readonly definitions: readonly ToolDefinition[]
  find(name: string): Tool<C> | undefined
}

/**
 * Resolves sources, in order.
 * @param options.timeout milliseconds that a source may take for its list; 30 s
 * @throws ToolDefinitionError where two tools have one name, or names that a model would take for one another; where a
 * source gives no list in time
 */
export async function toolSet<C>(
  list: readonly (Tool<C> | ToolSource<C>)[],
  { timeout = 30_000 }: { timeout?: number | undefined } = {},
): Promise<ToolSet<C>> {
  const lists = await Promise.all(list.map((item, at) => (isTool(item) ? [item] : listOf(item, at, timeout))))
  return setOf(lists.flat())
}

async function listOf<C>(source: ToolSource<C>, at: number, timeout: number): Promise<readonly Tool<C>[]> {
  const stop = new AbortController()
  const listed = await within(Promise.resolve(source.tools()), timeout, stop.signal, stop)
  if (listed === gaveUp)
    throw new ToolDefinitionError(
      `The source of tools at place ${at + 1} of the list gave none within ${timeout} ms. Is its server up?`,
    )
  if ('error' in listed) throw listed.error
  return listed.value
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

/** A tool, and no source of tools. */
export function isTool<C>(item: Tool<C> | ToolSource<C>): item is Tool<C> {
  return 'run' in item
}
