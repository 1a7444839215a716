/** Tools for those who run their own loop: definitions for the request, messages for the calls. */

import { AbortError, type Json, type ToolCall, type ToolDefinition } from '@pawl/client'
import { type ExecuteOptions, executeCall } from './execute-call.ts'
import { needsApproval } from './needs-approval.ts'
import { prepareCall } from './prepare-call.ts'
import { toolQueue } from './queue.ts'
import type { ToolSource } from './source/tool-source.ts'
import type { Tool } from './tool.ts'
import type { ToolContext } from './tool-context.ts'
import { faultResult, type ToolResult } from './tool-result.ts'
import { isTool, setOf, type ToolSet, toolSet } from './tool-set.ts'

/** All of it may be left out. */
export interface RegistryContext<C = unknown> {
  context?: C | undefined
  signal?: AbortSignal | undefined
  /** joined with the call's id into the idempotency key; `call` when left out */
  runId?: string | undefined
  progress?: ((callId: string, value: Json) => void) | undefined
}

export interface ToolRegistry<C = any> {
  /** What goes on the wire, in the order of the list. The same array until a source changes. */
  definitions(): Promise<readonly ToolDefinition[]>
  /** One result for the call. A call that needs approval is answered that it was not allowed. @throws AbortError */
  execute(call: ToolCall, context?: RegistryContext<C>): Promise<ToolResult>
  /** One result for each call, in call order, however they end. @throws AbortError */
  executeAll(calls: readonly ToolCall[], context?: RegistryContext<C>): Promise<readonly ToolResult[]>
}

/**
 * @param list tools and sources of tools
 * @throws ToolDefinitionError for a name twice; for sources, at their first use
 */
export function toolRegistry<C = any>(
  list: readonly (Tool<C> | ToolSource<C>)[],
  options: ExecuteOptions & { concurrency?: number | undefined } = {},
): ToolRegistry<C> {
  const queue = toolQueue(options)
  const fixed = list.every(isTool) ? setOf(list as readonly Tool<C>[]) : undefined
  const resolved = async () => fixed ?? toolSet(list)

  const runCall = async (set: ToolSet<C>, call: ToolCall, given: RegistryContext<C>): Promise<ToolResult> => {
    const prepared = prepareCall(set, call)
    if (prepared.type === 'answered') return prepared.result
    const context = contextFor(call, given)
    if (await needsApproval(prepared, context))
      return faultResult(call.id, `A person must allow "${prepared.tool.name}", and nobody was asked; it was not run.`)
    const lock = prepared.tool.lock?.(prepared.input)
    return queue.run(lock, context.signal, () => executeCall(prepared, context, options))
  }
  const safely = async (set: ToolSet<C>, call: ToolCall, given: RegistryContext<C>) => {
    try {
      return await runCall(set, call, given)
    } catch (error) {
      if (given.signal?.aborted)
        throw error instanceof AbortError ? error : new AbortError('The tool call was aborted.', { cause: error })
      // A rule of the tool itself (lock, approval) threw.
      return faultResult(call.id, 'The tool could not be started: its own rules failed.')
    }
  }

  return {
    definitions: async () => (await resolved()).definitions,
    execute: async (call, given = {}) => safely(await resolved(), call, given),
    async executeAll(calls, given = {}) {
      const set = await resolved()
      return Promise.all(calls.map((call) => safely(set, call, given)))
    },
  }
}

const neverAborted = new AbortController().signal

function contextFor<C>(
  { id }: ToolCall,
  { context, signal = neverAborted, runId = 'call', progress }: RegistryContext<C>,
): ToolContext<C> {
  return {
    context: context as C,
    signal,
    callId: id,
    idempotencyKey: `${runId}/${id}`,
    progress: (value) => progress?.(id, value),
  }
}
