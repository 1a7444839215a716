/** Runs one prepared call. Whatever the tool does, there is one result, within its limit; only an abort of the caller is thrown. */

import { AbortError, type Json, type TextPart } from '@pawl/client'
import { type Issue, pathText } from '@pawl/schema'
import { capText, defaultCap } from './cap-text.ts'
import { outputJson } from './output-json.ts'
import { outputText } from './output-text.ts'
import type { ReadyCall } from './prepare-call.ts'
import { type Redactor, redact } from './redact.ts'
import type { ToolContext } from './tool-context.ts'
import { isToolError } from './tool-error.ts'
import { faultResult, type ToolResult } from './tool-result.ts'
import { gaveUp, within } from './within.ts'

export interface ExecuteOptions {
  /** milliseconds where the tool names none; 60 s */
  timeout?: number | undefined
  /** bytes of output that a message may hold; 32 KiB */
  cap?: number | undefined
  redact?: Redactor | undefined
  /** told when a tool that was given up ends after all */
  onLate?: ((result: ToolResult) => void) | undefined
  /** milliseconds of a clock that only goes forward */
  now?: (() => number) | undefined
}

type Ended = { readonly value: unknown; readonly issues: readonly Issue[] } | { readonly error: unknown }

/** @throws AbortError when the context's signal fires before the tool ends */
export async function executeCall<C>(
  ready: ReadyCall<C>,
  context: ToolContext<C>,
  options: ExecuteOptions = {},
): Promise<ToolResult> {
  const { now = () => performance.now(), onLate } = options
  const limit = ready.tool.timeout ?? options.timeout ?? 60_000
  const begun = now()
  if (context.signal.aborted) throw abortOf(context.signal)
  const stop = new AbortController()
  const ended = start(ready, { ...context, signal: stop.signal })
  const first = await within(ended, limit, context.signal, stop)
  const ms = () => Math.max(0, Math.round(now() - begun))
  if (first !== gaveUp) return resultOf(ready, first, ms(), options)

  if (onLate) ended.then((late) => onLate(resultOf(ready, late, ms(), options)))
  if (context.signal.aborted) throw abortOf(context.signal)
  return faultResult(ready.call.id, timedOut(ready, limit), ms())
}

/** Never rejects: a tool may throw at once, later, or after it was given up. */
async function start<C>({ tool, input }: ReadyCall<C>, context: ToolContext<C>): Promise<Ended> {
  try {
    const value = await tool.run(input, context)
    return { value, issues: tool.checkOutput ? await tool.checkOutput(value) : [] }
  } catch (error) {
    return { error }
  }
}

function resultOf<C>(ready: ReadyCall<C>, ended: Ended, ms: number, options: ExecuteOptions): ToolResult {
  const { call, repaired } = ready
  if ('error' in ended) return faultResult(call.id, capText(faultText(ended.error, options.redact), options.cap), ms)
  try {
    if (ended.issues.length > 0) {
      const listed = ended.issues
        .slice(0, 10)
        .map(({ path, message }) => `${path.length > 0 ? `${pathText(path)}: ` : ''}${message}`)
      return faultResult(
        call.id,
        `The tool ran, but gave a result that is not what it promises: ${listed.join('; ')}.`,
        ms,
      )
    }
    const note = repaired === undefined ? '' : `\n(Note: ${repaired}.)`
    const value = outputJson(ended.value)
    const content = contentOf(ended.value, value, note, options.cap)
    return { message: Object.freeze({ role: 'tool', tool_call_id: call.id, content }), isError: false, value, ms }
  } catch {
    return faultResult(call.id, 'The tool ran, but its result cannot be written down: reading it throws.', ms)
  }
}

function contentOf(value: unknown, json: Json | undefined, note: string, cap = defaultCap): string | TextPart[] {
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

function timedOut({ tool }: ReadyCall, limit: number): string {
  const said = `The tool "${tool.name}" did not end within ${limit} ms and was given up.`
  return tool.effect === 'once' ? `${said} It may still have happened; check before you repeat it.` : said
}

function abortOf(signal: AbortSignal): AbortError {
  return new AbortError('The tool call was aborted.', { cause: signal.reason })
}
