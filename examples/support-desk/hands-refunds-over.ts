/** The offline rules match words to tools and never choose a handoff; this script beside them does that one thing. */

import { callsTool, scriptedModel } from '@pawl/testing'
import type { Model, ModelRequest } from 'pawl'

/** A model that hands over where it is asked for a refund and offered the handoff; everything else `model` answers. */
export function handsRefundsOver(model: Model): Model {
  const script = scriptedModel(() => callsTool('handoff_to_refunds'))
  const answering = (request: ModelRequest) => (wantsRefund(request) ? script : model)
  return {
    id: model.id,
    complete: (request, options) => answering(request).complete(request, options),
    stream: (request, options) => answering(request).stream(request, options),
  }
}

function wantsRefund({ messages, tools = [] }: ModelRequest): boolean {
  const asked = messages.findLast((message) => message.role === 'user')?.content
  const offered = tools.some((tool) => tool.type === 'function' && tool.function.name === 'handoff_to_refunds')
  return offered && typeof asked === 'string' && /\b(refund|money back)\b/i.test(asked)
}
