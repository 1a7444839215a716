import type { ToolDefinition } from '@pawl/client'
import type { Tool } from '../define/tool.ts'
import { checkName } from '../define/tool-name.ts'
import { digest } from '../digest.ts'

/** The same tool under another name, in its definition too. @throws ToolDefinitionError */
export function named<C>(tool: Tool<C>, name: string): Tool<C> {
  checkName(name)
  const { definition: before } = tool
  const definition: ToolDefinition =
    before.type === 'function'
      ? { ...before, function: { ...before.function, name } }
      : { ...before, custom: { ...before.custom, name } }
  return { ...tool, name, definition, hash: digest([definition, tool.effect]) }
}
