/** A tool that runs somewhere else: in a browser, in another process, by a person. */

import type { Schema } from '@pawl/schema'
import { ToolError } from '../result/tool-error.ts'
import { type Tool, tool } from './tool.ts'

/** The run waits with a pending of type `external` until somebody answers it; the arguments are checked before. */
export function externalTool<S extends Schema>({
  name,
  description,
  parameters,
}: {
  name: string
  description: string
  parameters: S
}): Tool<unknown> {
  const execute = () => {
    throw new ToolError(`"${name}" runs elsewhere, and nobody has answered it.`)
  }
  return { ...tool({ name, description, parameters, execute }), external: true, timeout: Infinity }
}
