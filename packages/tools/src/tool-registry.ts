/** Tools for those who run their own loop: definitions for the request, messages for the calls. */

import { AbortError, type Json, type ToolCall, type ToolDefinition } from '@pawl/client'
import { prepareCall, type ReadyCall } from './arguments/prepare-call.ts'
import type { Tool } from './define/tool.ts'
import { executeCall } from './execute/execute-call.ts'
import type { ExecuteOptions } from './execute/execute-options.ts'
import { needsApproval } from './execute/needs-approval.ts'
import { toolQueue } from './execute/queue.ts'
import type { ToolContext } from './execute/tool-context.ts'
import { withoutSecrets } from './result/secrets.ts'
import { isToolError } from './result/tool-error.ts'
import { faultResult, type ToolResult } from './result/tool-result.ts'
import type { ContextOf } from './source/context-of.ts'
import type { ToolSource } from './source/tool-source.ts'
import { isTool, setOf, type ToolSet, toolSet } from './tool-set.ts'

/** `context` may be left out exactly when no tool wants one; the rest always. */
export type RegistryContext<C = unknown> = (unknown extends C ? { context?: C } : { context: C }) & {
  signal?: AbortSignal | undefined
  /** joined with the call's id into the idempotency key; `call` when left out */
  runId?: string | undefined
  progress?: ((callId: string, value: Json) => void) | undefined
}

/** `context` is asked for exactly when a tool of the registry wants one. */
export type RegistryArgument<C> = unknown extends C ? [context?: RegistryContext<C>] : [context: RegistryContext<C>]

export interface ToolRegistry<C = any> {
  /** What goes on the wire, in the order of the list. The same array until a source changes. */
  definitions(): Promise<readonly ToolDefinition[]>
  /** One result for the call. A call that needs approval is answered that it was not allowed. @throws AbortError */
  execute(call: ToolCall, ...context: RegistryArgument<C>): Promise<ToolResult>
  /** One result for each call, in call order, however they end. @throws AbortError */
  executeAll(calls: readonly ToolCall[], ...context: RegistryArgument<C>): Promise<readonly ToolResult[]>
}

/**
 * @param list tools and sources of tools
 * @throws ToolDefinitionError for a name twice; for sources, at their first use
 */
export function toolRegistry<const T extends readonly (Tool | ToolSource)[]>(
  list: T,
  options: ExecuteOptions & { concurrency?: number | undefined } = {},
): ToolRegistry<ContextOf<T>> {
  const queue = toolQueue({ concurrency: options.concurrency })
  const fixed = list.every(isTool) ? setOf(list as readonly Tool[]) : undefined
  const resolved = async () => fixed ?? toolSet(list)

  const runCall = (set: ToolSet, call: ToolCall, given: RegistryContext<any>): ToolResult | Promise<ToolResult> => {
    const prepared = prepareCall(set, call, options)
    if (prepared.type === 'answered') return prepared.result
    const context = contextFor(call, given)
    return prepared.tool.approval ? runAllowed(prepared, context) : runReady(prepared, context)
  }
  const runAllowed = async (ready: ReadyCall, context: ToolContext<any>) => {
    if (!(await needsApproval(ready, context))) return runReady(ready, context)
    return faultResult(ready.call.id, `A person must allow "${ready.tool.name}", and nobody was asked; it was not run.`)
  }
  const runReady = (ready: ReadyCall, context: ToolContext<any>) =>
    queue.run(ready.tool.lock?.(ready.input), context.signal, () => executeCall(ready, context, options))
  const safely = async (set: ToolSet, call: ToolCall, given: RegistryContext<any>): Promise<ToolResult> => {
    try {
      const result = runCall(set, call, given)
      return result instanceof Promise ? await result : result
    } catch (error) {
      if (given.signal?.aborted)
        throw error instanceof AbortError ? error : new AbortError('The tool call was aborted.', { cause: error })
      // A rule of the tool itself (lock, approval) threw.
      const said = isToolError(error) ? error.message : 'The tool could not be started: its own rules failed.'
      return faultResult(call.id, withoutSecrets(options.secrets)(said))
    }
  }

  return {
    definitions: async () => (await resolved()).definitions,
    execute: (call, given: RegistryContext<any> = {}) =>
      fixed ? safely(fixed, call, given) : resolved().then((set) => safely(set, call, given)),
    async executeAll(calls, given: RegistryContext<any> = {}) {
      const set = await resolved()
      return Promise.all(calls.map((call) => safely(set, call, given)))
    },
  }
}

const neverAborted = new AbortController().signal

function contextFor(
  { id }: ToolCall,
  { context, signal = neverAborted, runId = 'call', progress }: RegistryContext<any>,
): ToolContext<any> {
  return {
    context,
    signal,
    callId: id,
    idempotencyKey: `${runId}/${id}`,
    progress: (value) => progress?.(id, value),
  }
}
