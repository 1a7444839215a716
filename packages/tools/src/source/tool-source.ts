import type { Tool } from '../define/tool.ts'

/** Where tools come from: a list in code, a server, a folder of plugins. Wrap one to get another. */
export interface ToolSource<C = any> {
  tools(): readonly Tool<C>[] | Promise<readonly Tool<C>[]>
}

/** The same source, with each of its tools changed. */
export function mapped<C>(source: ToolSource<C>, change: (tool: Tool<C>) => Tool<C>): ToolSource<C> {
  return { tools: async () => (await source.tools()).map(change) }
}
