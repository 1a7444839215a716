import type { ToolSource } from './tool-source.ts'

/** The tools of all sources, in that order. */
export function combined<C>(...sources: readonly ToolSource<C>[]): ToolSource<C> {
  return { tools: async () => (await Promise.all(sources.map((source) => source.tools()))).flat() }
}
