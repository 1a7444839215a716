import { PawlError } from '@pawl/client'

/** Thrown by a tool to tell the model something, word for word. Any other error is told through a redactor. */
export class ToolError extends PawlError {
  override readonly code = 'tool_error'
}
