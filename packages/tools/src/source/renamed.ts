import { named } from './named.ts'
import { mapped, type ToolSource } from './tool-source.ts'

/** The same tools, those in `names` under their new names. */
export function renamed<C>(source: ToolSource<C>, names: Readonly<Record<string, string>>): ToolSource<C> {
  const known = new Map(Object.entries(names))
  return mapped(source, (tool) => {
    const name = known.get(tool.name)
    return name === undefined ? tool : named(tool, name)
  })
}
