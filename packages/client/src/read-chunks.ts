/** Chunks out of a response's bytes, as the server sent them; what is no stream of completions is an error. */

import type { PawlError } from './errors/pawl-error.ts'
import { ProtocolError } from './errors/protocol-error.ts'
import { finishFault, type ServerFault, serverFault } from './errors/server-fault.ts'
import { StreamError } from './errors/stream-error.ts'
import { parseJson } from './parse-json.ts'
import { type ServerEvent, sseParser } from './sse.ts'
import type { TransportResponse } from './transport/transport.ts'
import type { ChatCompletionChunk } from './types/chunk.ts'

/**
 * The chunks of each read, in one list. Ends at `[DONE]`, or at the end of the body.
 * @param alive told for every read that brought data, not for comments
 * @returns whether `[DONE]` was seen
 */
export async function* readChunks(
  response: TransportResponse,
  alive: (data: boolean) => void,
): AsyncGenerator<readonly ChatCompletionChunk[], boolean> {
  const parser = sseParser()
  while (true) {
    const bytes = await response.read()
    const events = bytes ? parser.push(bytes) : parser.end()
    alive(events.length > 0)
    const chunks: ChatCompletionChunk[] = []
    for (const event of events) {
      if (event.data.startsWith('[DONE]')) {
        if (chunks.length > 0) yield chunks
        return true
      }
      const chunk = chunkOf(event, bytes === undefined)
      if (chunk instanceof Error) {
        // What came before the error is shown before it.
        if (chunks.length > 0) yield chunks
        throw chunk
      }
      if (chunk) chunks.push(chunk)
    }
    if (chunks.length > 0) yield chunks
    if (!bytes) return false
  }
}

function chunkOf({ event, data }: ServerEvent, atEnd: boolean): ChatCompletionChunk | PawlError | undefined {
  if (data === '') return undefined
  const value = parsed(data, atEnd)
  if (value instanceof ProtocolError) return value
  const fault = faultOf(event, value)
  if (fault) return new StreamError(fault)
  if (!isChunk(value)) return undefined
  return value
}

function parsed(data: string, atEnd: boolean): unknown {
  try {
    return parseJson(data)
  } catch (cause) {
    if (atEnd) return new ProtocolError('truncated', 'The stream broke off inside an event.')
    const position = cause instanceof SyntaxError ? / at position \d+/.exec(cause.message)?.[0] : ''
    return new ProtocolError(
      'malformed',
      `An event of the stream is no JSON${position ?? ''} (${data.length} characters).`,
    )
  }
}

function faultOf(event: string, value: unknown): ServerFault | undefined {
  if (event === 'error') return serverFault(value) ?? { message: 'an error event' }
  if (typeof value !== 'object' || value === null) return undefined
  if ('error' in value && value.error) return serverFault(value)
  return 'choices' in value ? finishFault(value.choices) : serverFault(value)
}

/** Servers send frames of other kinds between chunks; those are passed over. */
function isChunk(value: unknown): value is ChatCompletionChunk {
  return typeof value === 'object' && value !== null && ('choices' in value || 'usage' in value)
}
