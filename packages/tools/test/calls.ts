/** Calls as a model sends them. */

import type { CustomToolCall, FunctionToolCall } from '@pawl/client'

export function call(name: string, args: unknown = {}, id = `call_${name}`): FunctionToolCall {
  return {
    id,
    type: 'function',
    function: { name, arguments: typeof args === 'string' ? args : JSON.stringify(args) },
  }
}

export function textCall(name: string, input: string, id = `call_${name}`): CustomToolCall {
  return { id, type: 'custom', custom: { name, input } }
}
