import type { ReadyCall, ToolContext } from '@pawl/tools'
import type { EffectContext } from '../journal/journal.ts'
import type { Scope } from '../scope.ts'

/** What a tool is given. The key is that of the call, whichever effect asks. */
export function toolContext(scope: Scope, { call }: ReadyCall, { key, signal, live }: EffectContext): ToolContext<any> {
  return {
    context: scope.context,
    signal,
    callId: call.id,
    idempotencyKey: key.replace(/\/(?:intent|tool):(\d+:\d+)(?::.*)?$/, '/tool:$1'),
    progress: (value) => live({ type: 'tool.progress', callId: call.id, value }),
  }
}
