/** What the model is told of how a tool ended. */

import type { TextPart } from '@pawl/client'
import type { ReadyCall } from '../arguments/prepare-call.ts'
import type { ExecuteOptions } from '../execute/execute-options.ts'
import type { Ended } from '../execute/within.ts'
import { capText, defaultCap } from './cap-text.ts'
import { outputOf } from './output-text.ts'
import { type Redactor, redactor } from './redact.ts'
import { type Say, withoutSecrets } from './secrets.ts'
import { isToolError } from './tool-error.ts'
import { faultResult, type ToolResult } from './tool-result.ts'

/** Never throws. */
export function resultOf(
  { call, repaired }: ReadyCall,
  ended: Ended<unknown>,
  ms: number,
  { cap = defaultCap, redact: redacted, secrets }: Pick<ExecuteOptions, 'cap' | 'redact' | 'secrets'>,
): ToolResult {
  const say = withoutSecrets(secrets)
  if ('error' in ended) return faultResult(call.id, capText(faultText(ended.error, say, redacted), cap), ms)
  try {
    const note = repaired === undefined ? '' : `\n(Note: ${repaired}.)`
    const { json: value, content: whole } = outputOf(ended.value, say)
    const content = typeof whole === 'string' ? capText(whole, cap) + note : capParts(whole, note, cap)
    return { message: Object.freeze({ role: 'tool', tool_call_id: call.id, content }), isError: false, value, ms }
  } catch {
    return faultResult(call.id, 'The tool ran, but its result cannot be written down: reading it throws.', ms)
  }
}

function capParts(parts: readonly TextPart[], note: string, cap: number): TextPart[] {
  const capped = parts.map(
    ({ text }): TextPart => ({ type: 'text', text: capText(text, Math.ceil(cap / parts.length)) }),
  )
  return note ? [...capped, { type: 'text', text: note.trim() }] : capped
}

function faultText(error: unknown, say: Say, redacted: Redactor = redactor(say)): string {
  if (isToolError(error)) return say(error.message)
  try {
    return say(redacted(error))
  } catch {
    return 'The tool failed.'
  }
}
