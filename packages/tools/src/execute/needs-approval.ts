import { AbortError } from '@pawl/client'
import type { ReadyCall } from '../arguments/prepare-call.ts'
import type { ToolContext } from './tool-context.ts'
import { gaveUp, within } from './within.ts'

/**
 * Whether a person must allow this call, with the reason where the tool gives one. A rule that gives no answer in the
 * tool's time counts as yes; an error of the rule is its caller's.
 * @throws AbortError when the context's signal fires
 */
export async function needsApproval<C>(
  { tool, input }: ReadyCall<C>,
  context: ToolContext<C>,
): Promise<false | { readonly reason?: string }> {
  const { approval, timeout = 60_000 } = tool
  if (typeof approval !== 'function') return approval ? {} : false
  const stop = new AbortController()
  const asked = async () => approval(input, { ...context, signal: stop.signal })
  const ended = await within(asked(), timeout, context.signal, stop)
  if (context.signal.aborted) throw new AbortError('The tool call was aborted.', { cause: context.signal.reason })
  if (ended === gaveUp) return { reason: 'its rule gave no answer in time' }
  if ('error' in ended) throw ended.error
  if (!ended.value) return false
  return typeof ended.value === 'string' ? { reason: ended.value } : {}
}
