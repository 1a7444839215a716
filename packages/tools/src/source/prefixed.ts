import { named } from './named.ts'
import { mapped, type ToolSource } from './tool-source.ts'

/** The same tools, each named `<prefix>_<name>`. */
export function prefixed<C>(source: ToolSource<C>, prefix: string): ToolSource<C> {
  return mapped(source, (tool) => named(tool, `${prefix}_${tool.name}`))
}
