/** Runs one prepared call. Whatever the tool does, there is one result, within its limit; only an abort of the caller is thrown. */

import { AbortError } from '@pawl/client'
import { type Issue, pathText } from '@pawl/schema'
import type { ReadyCall } from '../arguments/prepare-call.ts'
import type { Tool } from '../define/tool.ts'
import { resultOf } from '../result/result-of.ts'
import { ToolError } from '../result/tool-error.ts'
import { faultResult, type ToolResult } from '../result/tool-result.ts'
import type { ExecuteOptions } from './execute-options.ts'
import { warnOfHeldThread } from './held-thread.ts'
import { bareRun } from './run.ts'
import type { ToolContext } from './tool-context.ts'
import { type Ended, endOf, gaveUp, within } from './within.ts'

/**
 * Gives no promise where the tool needs none.
 * @throws AbortError when the context's signal fires before the tool ends
 */
export function executeCall<C>(
  ready: ReadyCall<C>,
  context: ToolContext<C>,
  options: ExecuteOptions = {},
): ToolResult | Promise<ToolResult> {
  const { signal } = context
  if (signal.aborted) throw abortOf(signal)
  const clock = options.now === undefined ? performance : { now: options.now }
  const begun = clock.now()
  const stop = new AbortController()
  const given = start(ready, { ...context, signal: stop.signal })
  const held = since(begun, clock)
  warnOfHeldThread(ready.tool, held)
  if (given instanceof Promise) return awaited(ready, given, signal, stop, begun, clock, options)
  if (!signal.aborted) return resultOf(ready, given, held, options)
  options.onLate?.(resultOf(ready, given, held, options))
  throw abortOf(signal)
}

/** Whole milliseconds. */
function since(begun: number, clock: Clock): number {
  return Math.max(0, Math.round(clock.now() - begun))
}

interface Clock {
  now(): number
}

/** What the tool gave, or a promise of that. */
function start<C>({ tool, input }: ReadyCall<C>, context: ToolContext<C>): Ended<unknown> | Promise<unknown> {
  try {
    const given = bareRun(tool.run)(input, context)
    if (tool.checkOutput !== undefined) return checked(given, tool.checkOutput)
    return isThenable(given) ? Promise.resolve(given) : { value: given }
  } catch (error) {
    return { error }
  }
}

/** What `await` would wait for. */
function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (value instanceof Promise) return true
  const object = (typeof value === 'object' && value !== null) || typeof value === 'function'
  return object && 'then' in value && typeof value.then === 'function'
}

async function checked(given: unknown, check: NonNullable<Tool['checkOutput']>): Promise<unknown> {
  const value = await given
  const issues = await check(value)
  if (issues.length > 0)
    throw new ToolError(`The tool ran, but gave a result that is not what it promises: ${listed(issues)}.`)
  return value
}

function listed(issues: readonly Issue[]): string {
  return issues
    .slice(0, 10)
    .map(({ path, message }) => `${path.length > 0 ? `${pathText(path)}: ` : ''}${message}`)
    .join('; ')
}

async function awaited<C>(
  ready: ReadyCall<C>,
  given: Promise<unknown>,
  signal: AbortSignal,
  stop: AbortController,
  begun: number,
  clock: Clock,
  options: ExecuteOptions,
): Promise<ToolResult> {
  const { timeout = options.timeout ?? 60_000 } = ready.tool
  const ended = await within(given, timeout, signal, stop)
  if (ended !== gaveUp) return resultOf(ready, ended, since(begun, clock), options)
  const { onLate } = options
  if (onLate) void endOf(given, (late) => onLate(resultOf(ready, late, since(begun, clock), options)))
  if (signal.aborted) throw abortOf(signal)
  return faultResult(ready.call.id, timedOut(ready, timeout), since(begun, clock))
}

function timedOut({ tool }: ReadyCall, limit: number): string {
  const said = `The tool "${tool.name}" did not end within ${limit} ms and was given up.`
  return tool.effect === 'once' ? `${said} It may still have happened; check before you repeat it.` : said
}

function abortOf(signal: AbortSignal): AbortError {
  return new AbortError('The tool call was aborted.', { cause: signal.reason })
}
