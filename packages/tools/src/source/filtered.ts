import type { Tool } from '../define/tool.ts'
import type { ToolSource } from './tool-source.ts'

/** Only the tools that are named, or that the predicate takes. */
export function filtered<C>(
  source: ToolSource<C>,
  keep: readonly string[] | ((tool: Tool<C>) => boolean),
): ToolSource<C> {
  const taken = typeof keep === 'function' ? keep : (tool: Tool<C>) => keep.includes(tool.name)
  return { tools: async () => (await source.tools()).filter(taken) }
}
