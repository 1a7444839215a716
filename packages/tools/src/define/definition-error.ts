import { PawlError } from '@pawl/client'

/** A tool, or a list of tools, that cannot be offered to a model: a bad name, a name twice, a source that gives no list. Thrown when it is defined. */
export class ToolDefinitionError extends PawlError {
  static override readonly name: string = 'ToolDefinitionError'
  override readonly code = 'tool_definition'
}
