import type { ReadyCall } from './prepare-call.ts'
import type { ToolContext } from './tool-context.ts'

/** Whether a person must allow this call, with the reason where the tool gives one. An error of the rule is its caller's. */
export async function needsApproval<C>(
  { tool, input }: ReadyCall<C>,
  context: ToolContext<C>,
): Promise<false | { readonly reason?: string }> {
  const { approval } = tool
  const answer = typeof approval === 'function' ? await approval(input, context) : approval
  if (!answer) return false
  return typeof answer === 'string' ? { reason: answer } : {}
}
