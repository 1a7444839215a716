import { ToolDefinitionError } from './definition-error.ts'

/** @throws ToolDefinitionError where servers would refuse the name */
export function checkName(name: string): void {
  if (/^[a-zA-Z0-9_-]{1,64}$/.test(name)) return
  throw new ToolDefinitionError(
    `A tool cannot be called ${JSON.stringify(name)}: use 1 to 64 letters, digits, "_" and "-".`,
  )
}

/**
 * Characters that a person does not see but a model reads: text direction, tags, zero width. They hide instructions.
 * @throws ToolDefinitionError
 */
export function checkDescription(name: string, description: string): void {
  const hidden = /[\u200B\u2060\u202A-\u202E\u2066-\u2069\uFEFF\u{E0000}-\u{E007F}]/u.exec(description)
  if (!hidden) return
  throw new ToolDefinitionError(`The description of "${name}" holds an invisible character at ${hidden.index}.`)
}
