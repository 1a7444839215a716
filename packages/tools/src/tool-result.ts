import type { ToolMessage } from '@pawl/client'

/** What one call came to. There is exactly one for every call, whatever the tool did. */
export interface ToolResult {
  readonly message: ToolMessage
  /** the message tells of a fault */
  readonly isError: boolean
  /** what the tool gave; undefined for a fault */
  readonly value: unknown
  /** how long it ran */
  readonly ms: number
}

/** The result of a call that was not run, or that failed: a text for the model. */
export function faultResult(callId: string, text: string, ms = 0): ToolResult {
  return { message: { role: 'tool', tool_call_id: callId, content: text }, isError: true, value: undefined, ms }
}
