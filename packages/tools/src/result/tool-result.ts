import type { Json, ToolMessage } from '@pawl/client'

/** What one call came to. There is exactly one for every call, whatever the tool did. */
export interface ToolResult {
  readonly message: ToolMessage
  /** the message tells of a fault */
  readonly isError: boolean
  /** what the tool gave, as JSON; undefined for a fault, and for nothing */
  readonly value: Json | undefined
  /** how long it ran */
  readonly ms: number
}

/** The result of a call that was not run, or that failed: a text for the model. */
export function faultResult(callId: string, text: string, ms = 0): ToolResult {
  const message = Object.freeze({ role: 'tool' as const, tool_call_id: callId, content: text.toWellFormed() })
  return { message, isError: true, value: undefined, ms }
}
