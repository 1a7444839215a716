/** From a call to typed arguments, or to the message that says why it does not run. Pure. */

import type { ToolCall } from '@pawl/client'
import type { Tool } from '../define/tool.ts'
import type { ExecuteOptions } from '../execute/execute-options.ts'
import { type Say, withoutCutSecrets } from '../result/secrets.ts'
import { faultResult, type ToolResult } from '../result/tool-result.ts'
import type { ToolSet } from '../tool-set.ts'
import { deepFreeze } from './deep-freeze.ts'
import { didYouMean } from './did-you-mean.ts'

/** `input` is frozen: tools that run side by side cannot change one another's arguments. */
export interface ReadyCall<C = any> {
  readonly type: 'ready'
  readonly call: ToolCall
  readonly tool: Tool<C>
  readonly input: unknown
  /** what was mended in the arguments; told to the model with the result */
  readonly repaired?: string | undefined
}

/** A call that does not run, and what the model is told of it. */
export interface AnsweredCall {
  readonly type: 'answered'
  readonly call: ToolCall
  readonly result: ToolResult
}

/** @param options.secrets are left out where it is said why the call does not run */
export function prepareCall<C>(
  set: ToolSet<C>,
  call: ToolCall,
  { secrets }: Pick<ExecuteOptions, 'secrets'> = {},
): ReadyCall<C> | AnsweredCall {
  const { name, text } =
    call.type === 'custom'
      ? { name: call.custom.name, text: call.custom.input }
      : { name: call.function.name, text: call.function.arguments }
  const tool = set.find(name)
  if (!tool) return answered(call, unknownTool(name, withoutCutSecrets(secrets), set))
  if (tool.type !== call.type)
    return answered(call, `"${name}" is a ${tool.type} tool, and was called as a ${call.type} tool; nothing was run.`)
  const decoded = tool.decode(text)
  if (!decoded.ok) return answered(call, withoutCutSecrets(secrets)(decoded.problem))
  const input = decoded.frozen ? decoded.value : deepFreeze(decoded.value)
  return { type: 'ready', call, tool, input, repaired: decoded.repaired }
}

function answered(call: ToolCall, text: string): AnsweredCall {
  return { type: 'answered', call, result: faultResult(call.id, text) }
}

function unknownTool(name: string, say: Say, { tools }: ToolSet): string {
  const names = tools.map((tool) => tool.name)
  const guess = didYouMean(name, names)
  const known =
    names.length > 0 ? `The tools are: ${names.slice(0, 64).join(', ')}.` : 'There are no tools; answer without.'
  return `There is no tool "${say(name).slice(0, 64)}", and nothing was run.${guess ? ` Did you mean "${guess}"?` : ''} ${known}`
}
