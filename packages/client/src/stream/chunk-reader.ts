/** Chunks out of the bytes of a response, as the server sent them; what is no stream of completions is an error. */

import { chunkTemplate } from '#runtime'
import { ProtocolError } from '../errors/protocol-error.ts'
import { finishFault, type ServerFault, serverFault } from '../errors/server-fault.ts'
import { StreamError } from '../errors/stream-error.ts'
import { isObject } from '../is-object.ts'
import { jsonOf } from '../parse-json.ts'
import type { Watch } from '../send/watch.ts'
import type { ChatCompletionChunk } from '../types/chunk.ts'
import type { ChunkTemplate } from './chunk-template.ts'
import { type ServerSentEvent, sseParser } from './sse.ts'

export interface ChunkReader {
  /** `[DONE]` came. */
  readonly done: boolean
  /** Characters of events so far. */
  readonly length: number
  /**
   * The next chunk that is here; undefined when more bytes are needed, or after the end.
   * A text: it is the chunk before once more, with this as its content.
   * @throws StreamError | ProtocolError
   */
  take(): ChatCompletionChunk | string | undefined
  /** The chunk of which `take` has given the text just now. */
  chunkOf(text: string): ChatCompletionChunk
  /** Waits for more bytes. False: there are none, `[DONE]` or the end of the body came. @throws as the transport */
  fill(): Promise<boolean>
}

/** What ends a wait for data that takes too long. */
export interface Patience {
  readonly watch: Pick<Watch, 'wait' | 'rest'>
  /** milliseconds until the first event with data; a comment is no data */
  readonly first: number
  /** milliseconds between two of them */
  readonly idle: number
  readonly maxEventBytes?: number | undefined
}

/** @param read gives the next bytes; undefined at the end */
export function chunkReader(
  read: () => Promise<Uint8Array | undefined>,
  { watch, first, idle, maxEventBytes }: Patience,
): ChunkReader {
  const parser = sseParser(maxEventBytes)
  const template: ChunkTemplate | undefined = chunkTemplate()
  let waiting = false
  let ended = false
  // No getters: they would make each reader a kind of its own to the engine.
  const reader = {
    done: false,
    length: 0,
    take() {
      while (!reader.done) {
        const event = parser.next()
        if (!event) break
        if (waiting) {
          waiting = false
          watch.rest()
        }
        reader.length += event.data.length
        const known = event.event === 'message' ? template?.read(event.data) : undefined
        if (known !== undefined) return known
        reader.done = event.data.startsWith('[DONE]')
        const chunk = reader.done ? undefined : chunkOf(event)
        if (!chunk) continue
        template?.learn(event.data, chunk)
        return chunk
      }
      return undefined
    },
    // Only a template gives texts.
    chunkOf: (text: string) => (template as ChunkTemplate).chunkOf(text),
    async fill() {
      if (reader.done || ended) return false
      if (!waiting) {
        waiting = true
        watch.wait('idle', reader.length > 0 ? idle : first)
      }
      const bytes = await read()
      if (bytes) parser.push(bytes)
      else {
        ended = true
        parser.end()
      }
      return true
    },
  }
  return reader
}

function chunkOf({ event, data, cut }: ServerSentEvent): ChatCompletionChunk | undefined {
  if (data === '') return undefined
  const value = jsonOf(data)
  if (value === undefined)
    throw cut
      ? new ProtocolError('truncated', 'The stream broke off inside an event.')
      : new ProtocolError('malformed', `An event of the stream is no JSON (${data.length} characters).`)
  if (!isObject(value)) return undefined
  const fault = faultOf(event, value)
  if (fault) throw new StreamError(fault)
  if (!('choices' in value) && !('usage' in value)) return undefined
  const chunk = value as ChatCompletionChunk
  // Readers of chunks rely on a list of choices with deltas; some servers send `null`, or neither.
  if (!Array.isArray(chunk.choices)) chunk.choices = []
  for (const choice of chunk.choices) if (choice && !choice.delta) choice.delta = {}
  return chunk
}

function faultOf(event: string, value: object): ServerFault | undefined {
  const said = serverFault(value) ?? finishFault(value)
  const meant = event === 'error' || ('error' in value && value.error)
  return said ?? (meant ? { message: 'an error without a text' } : undefined)
}
