import type { Json, Usage } from '@pawl/client'
import type { ToolResult } from '@pawl/tools'
import type { RecordedEvent } from '../state/events.ts'

const largestValue = 1024 * 1024

/** The event of a call's end. The value is kept where it says more than the message's text. */
export function done(
  step: number,
  index: number,
  result: ToolResult,
  more: { identity?: string; same?: boolean; repeated?: number; late?: true; usage?: Usage; cost?: number } = {},
): RecordedEvent & { type: 'tool.done' } {
  const { message, isError, ms } = result
  const value = isError ? undefined : kept(result)
  return {
    type: 'tool.done',
    step,
    index,
    callId: message.tool_call_id,
    message,
    isError,
    ...(value !== undefined && { value }),
    ms,
    ...more,
  }
}

/** Large values stay out of the log: the message tells their head and tail. */
function kept({ value, message }: ToolResult): Json | undefined {
  const { content } = message
  if (value === undefined || value === content) return undefined
  if (typeof value === 'string') return value.length > largestValue ? undefined : value
  return typeof content === 'string' && content.length > largestValue ? undefined : value
}
