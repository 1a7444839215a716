/** What the model is told of how a tool ended. */

import type { Json, TextPart } from '@pawl/client'
import { capText, defaultCap } from './cap-text.ts'
import { outputJson } from './output-json.ts'
import { outputText } from './output-text.ts'
import type { ReadyCall } from './prepare-call.ts'
import { type Redactor, redact } from './redact.ts'
import { isToolError } from './tool-error.ts'
import { faultResult, type ToolResult } from './tool-result.ts'
import type { Ended } from './within.ts'

/** Never throws. */
export function resultOf(
  { call, repaired }: ReadyCall,
  ended: Ended<unknown>,
  ms: number,
  { cap = defaultCap, redact }: { cap?: number | undefined; redact?: Redactor | undefined },
): ToolResult {
  if ('error' in ended) return faultResult(call.id, capText(faultText(ended.error, redact), cap), ms)
  try {
    const note = repaired === undefined ? '' : `\n(Note: ${repaired}.)`
    const value = outputJson(ended.value)
    const content = contentOf(ended.value, value, note, cap)
    return { message: Object.freeze({ role: 'tool', tool_call_id: call.id, content }), isError: false, value, ms }
  } catch {
    return faultResult(call.id, 'The tool ran, but its result cannot be written down: reading it throws.', ms)
  }
}

function contentOf(value: unknown, json: Json | undefined, note: string, cap: number): string | TextPart[] {
  if (!isTextParts(value)) return capText(outputText(value, json), cap) + note
  const parts = value.map(
    ({ text }): TextPart => ({ type: 'text', text: capText(text.toWellFormed(), Math.ceil(cap / value.length)) }),
  )
  return note ? [...parts, { type: 'text', text: note.trim() }] : parts
}

function isTextParts(value: unknown): value is readonly TextPart[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((part) => part?.type === 'text' && typeof part.text === 'string')
  )
}

function faultText(error: unknown, redactor: Redactor = redact): string {
  if (isToolError(error)) return error.message
  try {
    return redactor(error)
  } catch {
    return 'The tool failed.'
  }
}
