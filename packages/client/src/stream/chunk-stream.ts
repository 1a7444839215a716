/** A stream of chunks that is asked for when its reader comes, retried while nothing was shown, and complete at its end. */

import { readCompletion } from '../completion.ts'
import { AbortError } from '../errors/abort-error.ts'
import { AlreadyReadError } from '../errors/already-read-error.ts'
import { PawlError, withFacts } from '../errors/pawl-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import type { CallOptions } from '../model.ts'
import { type Answer, type Call, send } from '../send/send.ts'
import { aborted } from '../send/watch.ts'
import type { Settings } from '../settings.ts'
import type { ChatCompletionChunk } from '../types/chunk.ts'
import type { ChatCompletion } from '../types/completion.ts'
import { type Accumulator, createAccumulator } from './accumulate.ts'
import { type ChunkReader, chunkReader } from './chunk-reader.ts'
import { withSource } from './chunk-source.ts'
import { type Inflow, inflow, iteratorOf } from './inflow.ts'

/** Characters of events up to which the beginning is kept, for the partial of an error: 8 Mi. */
const mostKept = 8 * 2 ** 20

export interface ChunkStream extends AsyncIterable<ChatCompletionChunk> {
  /** Sends the request now and resolves with the answer's headers; the chunks are read by iterating. */
  open(): Promise<Answer>
  /** Reads the chunks in place of iterating them. */
  inflow(): Inflow<ChatCompletionChunk>
  /** Ends the request and the reading with an `AbortError`. */
  abort(): void
}

/** What an opened stream reads from, and the chunk that opening it has read. */
interface Source {
  readonly answer: Answer
  readonly first: ChatCompletionChunk | string
  /** What comes after it; a plain completion is whole. */
  readonly reader?: ChunkReader
}

/**
 * @param call makes the request, when it is first wanted
 * @param kept the accumulator of whoever shows the whole; else only the beginning is kept
 * @throws AlreadyReadError when iterated twice; while iterating, PawlError with the partial
 */
export function chunkStream(
  settings: Settings,
  call: () => Call,
  options: CallOptions,
  kept?: Accumulator | undefined,
): ChunkStream {
  let accumulator = kept ?? createAccumulator()
  const controller = new AbortController()
  const { signal } = options
  const follow = () => controller.abort(signal?.reason)
  let opened: Promise<Source> | undefined
  let source: Source | undefined
  let first: Source['first'] | undefined
  let over = false
  let read = false
  let keepsAll = kept !== undefined

  const end = (keepConnection: boolean) => {
    over = true
    signal?.removeEventListener('abort', follow)
    source?.answer.end(accumulator.snapshot.usage?.total_tokens)
    if (keepConnection) source?.answer.response.finish()
    else source?.answer.response.cancel()
  }

  const fail = (error: unknown): never => {
    end(false)
    throw error instanceof PawlError ? withFacts(error, factsOf(error, accumulator, source)) : error
  }

  const failUnlessWhole = (error: unknown): undefined => {
    // A whole answer stays whole when only the goodbye is missing.
    if (!accumulator.finished || error instanceof AbortError) fail(error)
    end(false)
  }

  const open = () => {
    if (signal?.aborted) follow()
    else if (!opened) signal?.addEventListener('abort', follow, { once: true })
    opened ??= start(settings, call, { ...options, signal: controller.signal }).catch(fail)
    return opened
  }

  /** Adds the next that is here to the accumulator. */
  const step = (): Source['first'] | undefined => {
    if (!source || over) return undefined
    try {
      const { answer, reader } = source
      const { stopped } = answer.watch
      if (stopped) throw stopped
      const next = first ?? reader?.take()
      first = undefined
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
      if (!source) {
        source = await open()
        first = source.first
        return true
      }
      const { reader } = source
      if (await reader?.fill()) return true
      accumulator.completion(reader?.done ?? true, settings.profile.finishReasonOptional)
      end(true)
    } catch (error) {
      failUnlessWhole(error)
    }
    return false
  }

  const leave = () => {
    if (over) return
    if (!source) controller.abort()
    end(false)
  }

  const reading = <T extends object>(take: () => T | undefined): Inflow<T> => {
    if (read) throw new AlreadyReadError('This stream has been read; ask again, or keep what it gave.')
    read = true
    return inflow(take, { more, leave })
  }

  const chunks = () =>
    reading(() => {
      const next = step()
      return typeof next === 'string' ? source?.reader?.chunkOf(next) : next
    })

  const stream: ChunkStream = {
    open: () => open().then(({ answer }) => answer),
    abort: () => {
      if (!over) controller.abort()
    },
    inflow: chunks,
    [Symbol.asyncIterator]: () => iteratorOf(chunks()),
  }
  return withSource(stream, {
    accumulator(growth) {
      keepsAll = true
      if (growth) accumulator = createAccumulator(growth)
      return accumulator
    },
    chunks,
    completions: () => reading(() => (step() === undefined ? undefined : accumulator.snapshot)),
  })
}

function factsOf(error: PawlError, accumulator: Accumulator, source: Source | undefined) {
  const requestId = error.requestId ?? source?.answer.response.headers['x-request-id']
  return { requestId, partial: error.partial ?? accumulator.partial() }
}

/** Up to the first chunk everything may be tried again: nothing was shown yet. */
async function start(settings: Settings, call: () => Call, options: CallOptions): Promise<Source> {
  if (options.signal?.aborted) throw aborted(options.signal)
  const { timeouts, maxEventBytes } = settings
  const { first: beforeFirst = 300_000, idle = 60_000 } =
    options.idleTimeout === undefined ? timeouts : { first: options.idleTimeout, idle: options.idleTimeout }
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
