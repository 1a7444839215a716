/** A stream on its way to another process or page: chunks as server-sent events, and back. */

import { isPawlError } from '../errors/pawl-error.ts'
import type { ChatCompletionChunk } from '../types/chunk.ts'
import { chunkReader } from './chunk-reader.ts'
import type { StreamEvent } from './stream-events.ts'

/** The chunks among these events as a server sends them, with `[DONE]`; an error goes out as an error event, without its cause. */
export function eventStreamOf(events: AsyncIterator<StreamEvent>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const encode = (value: unknown) => encoder.encode(`data: ${JSON.stringify(value)}\n\n`)
  return new ReadableStream({
    async pull(controller) {
      try {
        for (let step = await events.next(); !step.done; step = await events.next()) {
          if (step.value.type === 'chunk') return controller.enqueue(encode(step.value.chunk))
        }
        controller.enqueue(encoder.encode('data: [DONE]\n\n'))
      } catch (error) {
        const { message, code } = isPawlError(error) ? error : { message: 'The stream failed.', code: 'error' }
        controller.enqueue(encode({ error: { message, type: 'pawl_error', param: null, code } }))
      }
      controller.close()
    },
    async cancel() {
      await events.return?.()
    },
  })
}

/** Chunks out of such a stream. @throws StreamError for an error event, ProtocolError where it is cut or no such stream */
export async function* readChunks(readable: ReadableStream<Uint8Array>): AsyncGenerator<ChatCompletionChunk> {
  const bytes = readable.getReader()
  const read = async () => {
    const { value, done } = await bytes.read()
    return done ? undefined : value
  }
  const reader = chunkReader(read, unlimited)
  try {
    do
      for (let next = reader.take(); next !== undefined; next = reader.take())
        yield typeof next === 'string' ? reader.chunkOf(next) : next
    while (await reader.fill())
  } finally {
    bytes.cancel().catch(() => {})
  }
}

const unlimited = { watch: { wait() {}, rest() {} }, first: Infinity, idle: Infinity }
