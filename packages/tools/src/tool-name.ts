import { ToolDefinitionError } from './definition-error.ts'

/** @throws ToolDefinitionError where servers would refuse the name */
export function checkName(name: string): void {
  if (/^[a-zA-Z0-9_-]{1,64}$/.test(name)) return
  throw new ToolDefinitionError(
    `A tool cannot be called ${JSON.stringify(name)}: use 1 to 64 letters, digits, "_" and "-".`,
  )
}
