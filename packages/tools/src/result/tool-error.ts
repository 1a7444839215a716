import { isPawlError, PawlError } from '@pawl/client'

/** Thrown by a tool to tell the model something, word for word. Any other error is told through a redactor. */
export class ToolError extends PawlError {
  static override readonly name: string = 'ToolError'
  override readonly code = 'tool_error'
}

/** Also true for a `ToolError` of another installed copy of Pawl. */
export function isToolError(error: unknown): error is ToolError {
  return isPawlError(error) && error.code === 'tool_error'
}
