/** A turn of a script as a server's reply: a completion, or a stream of chunks when the request asks for one. */

import { toChunks } from '../script/chunks.ts'
import { toCompletion } from '../script/completion.ts'
import type { Answer, WholeAnswer } from '../script/turn.ts'
import type { Reply } from './reply.ts'
import type { ReceivedRequest } from './request-reader.ts'
import { sse } from './sse.ts'

/** @param changes what the reply has otherwise: other headers, smaller pieces, another ending */
export function answering(
  answer: Answer | WholeAnswer,
  changes: Reply = {},
): (request: ReceivedRequest, number: number) => Reply {
  return ({ body }, number) => {
    const { stream, model, messages } = fieldsOf(body)
    let calls = 0
    const nextCallId = () => `call_${number}_${++calls}`
    const completion =
      answer.type === 'completion' ? answer.completion : toCompletion(answer, { model, number, messages, nextCallId })
    const headers = { 'x-request-id': `req_${number}`, ...changes.headers }
    if (!stream) return { body: JSON.stringify(completion), ...changes, headers }
    return {
      body: sse(toChunks(completion, answer.chunks)),
      framing: 'chunked',
      ...changes,
      headers: { 'content-type': 'text/event-stream; charset=utf-8', ...headers },
    }
  }
}

function fieldsOf(body: unknown): { stream: boolean; model: string; messages: number } {
  const { stream, model, messages } = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  return {
    stream: stream === true,
    model: typeof model === 'string' ? model : 'unknown',
    messages: Array.isArray(messages) ? messages.length : 0,
  }
}
