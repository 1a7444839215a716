/** A stream of chunks that is asked for when its reader comes, retried while nothing was shown, and complete at its end. */

import { readCompletion } from '../completion.ts'
import { AbortError } from '../errors/abort-error.ts'
import { AlreadyReadError } from '../errors/already-read-error.ts'
import { PawlError } from '../errors/pawl-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import type { CallOptions } from '../model.ts'
import { type Answer, type Call, ofRequest, send } from '../send/send.ts'
import type { Settings } from '../settings.ts'
import type { ChatCompletionChunk } from '../types/chunk.ts'
import type { ChatCompletion } from '../types/completion.ts'
import { createAccumulator } from './accumulate.ts'
import { type ChunkReader, chunkReader } from './chunk-reader.ts'
import { type ChunkSource, withSource } from './chunk-source.ts'
import { type Inflow, inflow, iteratorOf } from './inflow.ts'

/** Characters of events up to which the beginning is kept, for the partial of an error: 8 Mi. */
const mostKept = 8 * 2 ** 20

export interface ChunkStream extends AsyncIterable<ChatCompletionChunk>, ChunkSource {
  /** Sends the request now and resolves with the answer whose headers came; the chunks are read by iterating. */
  open(): Promise<{ readonly answer: Answer }>
  /** Ends the request and the reading with an `AbortError`. */
  abort(): void
}

/** What an opened stream reads from. */
interface Opened {
  readonly answer: Answer
  /** Read when it was opened; undefined once it is given. */
  first: ChatCompletionChunk | string | undefined
  /** What comes after it; a plain completion is whole. */
  readonly reader?: ChunkReader
}

/**
 * @param call makes the request, when it is first wanted
 * @throws AlreadyReadError when iterated twice; while iterating, PawlError with the partial
 */
export function chunkStream(settings: Settings, call: () => Call, options: CallOptions): ChunkStream {
  let accumulator = createAccumulator()
  let keepsAll = false
  const controller = new AbortController()
  const { signal } = options
  let opening: Promise<Opened> | undefined
  let opened: Opened | undefined
  let read = false
  let over = false

  /** Who reads finds it stopped; where nobody does, the next request is let in all the same. */
  const stop = (reason?: unknown) => {
    controller.abort(reason)
    opened?.answer.end()
  }

  const follow = () => stop(signal?.reason)

  const end = (how: 'finish' | 'cancel') => {
    over = true
    signal?.removeEventListener('abort', follow)
    opened?.answer.end(accumulator.snapshot.usage?.total_tokens)
    opened?.answer.response[how]()
  }

  const fail = (error: unknown): never => {
    end('cancel')
    throw error instanceof PawlError ? ofRequest(error, opened?.answer.response, accumulator.partial()) : error
  }

  const failUnlessWhole = (error: unknown): undefined => {
    // A whole answer stays whole when only the goodbye is missing.
    if (!accumulator.finished || error instanceof AbortError) fail(error)
    end('cancel')
  }

  const begin = async (): Promise<Opened> => {
    signal?.addEventListener('abort', follow, { once: true })
    if (signal?.aborted) follow()
    opened = await start(settings, call, { ...options, signal: controller.signal }).catch(fail)
    if (over) end('cancel')
    return opened
  }

  const open = () => {
    opening ??= begin()
    return opening
  }

  /** Adds the next that is here to the accumulator. */
  const step = (): Opened['first'] => {
    if (!opened || over) return undefined
    try {
      const { answer, first, reader } = opened
      const { stopped } = answer.watch
      if (stopped) throw stopped
      opened.first = undefined
      const next = first ?? reader?.take()
      if (typeof next === 'string') accumulator.addText(next)
      else if (next) accumulator.add(next)
      if (!keepsAll && reader && reader.length > mostKept) accumulator.forget()
      return next
    } catch (error) {
      return failUnlessWhole(error)
    }
  }

  const more = async (): Promise<boolean> => {
    if (over) return false
    try {
      const { first, reader } = opened ?? (await open())
      if (first !== undefined || (await reader?.fill())) return true
      accumulator.completion(reader?.done ?? true, settings.profile.finishReasonOptional)
      end('finish')
    } catch (error) {
      failUnlessWhole(error)
    }
    return false
  }

  const leave = () => {
    if (over) return
    if (!opened) controller.abort()
    end('cancel')
  }

  const reading = <T extends object>(take: () => T | undefined): Inflow<T> => {
    if (read) throw new AlreadyReadError('This stream has been read; ask again, or keep what it gave.')
    read = true
    return inflow(take, { more, leave })
  }

  const chunks = () =>
    reading(() => {
      const next = step()
      return typeof next === 'string' ? opened?.reader?.chunkOf(next) : next
    })

  return withSource({
    open,
    abort: () => stop(),
    [Symbol.asyncIterator]: () => iteratorOf(chunks()),
    accumulator(growth) {
      keepsAll = true
      if (growth) accumulator = createAccumulator(growth)
      return accumulator
    },
    chunks,
    completions: () => reading(() => (step() === undefined ? undefined : accumulator.snapshot)),
  })
}

/** Up to the first chunk everything may be tried again: nothing was shown yet. */
async function start(settings: Settings, call: () => Call, options: CallOptions): Promise<Opened> {
  const { timeouts, maxEventBytes } = settings
  const idle = options.idleTimeout ?? timeouts.idle ?? 60_000
  const beforeFirst = options.idleTimeout ?? timeouts.first ?? 300_000
  return send(settings, call(), options, async (answer) => {
    const { response, watch } = answer
    const type = response.headers['content-type'] ?? ''
    // A server that answers with a plain completion is taken at its word; anything else is an error.
    if (type !== '' && !/event-stream|octet-stream|text\/plain/.test(type))
      return { answer, first: chunkOf(await readCompletion(response)) }
    const reader = chunkReader(() => response.read(), { watch, first: beforeFirst, idle, maxEventBytes })
    let first = reader.take()
    while (first === undefined && (await reader.fill())) first = reader.take()
    if (first === undefined) throw new ProtocolError('truncated', 'The stream ended without a completion.')
    return { answer, first, reader }
  })
}

function chunkOf({ choices, object: _, ...head }: ChatCompletion): ChatCompletionChunk {
  const parts = choices.map(({ message, ...rest }) => ({
    ...rest,
    delta: { ...message, tool_calls: message.tool_calls?.map((call, index) => ({ index, ...call })) },
  }))
  return { ...head, object: 'chat.completion.chunk', choices: parts } as ChatCompletionChunk
}
