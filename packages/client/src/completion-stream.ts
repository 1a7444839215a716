/** A streamed completion as events with snapshots, and what it came to. */

import { emitter } from './emitter.ts'
import { AbortError } from './errors/abort-error.ts'
import { AlreadyReadError } from './errors/already-read-error.ts'
import { PawlError } from './errors/pawl-error.ts'
import { type ContentParser, foldEvents } from './fold-events.ts'
import { parseJson } from './parse-json.ts'
import type { StreamEvent, StreamEvents } from './stream-events.ts'
import type { ChatCompletionChunk } from './types/chunk.ts'
import type { ChatCompletion, CompletionMessage } from './types/completion.ts'
import type { Usage } from './types/usage.ts'

/**
 * Lazy: the request goes out at the first `for await`, `.on` or `final…`. Not a thenable, so an async function can
 * return it. One reader; listeners and accessors may be many. `break` and `abort()` close the connection.
 */
export interface CompletionStream extends AsyncIterable<StreamEvent>, AsyncDisposable {
  on<K extends keyof StreamEvents>(type: K, listener: (event: StreamEvents[K]) => void): this
  finalCompletion(): Promise<ChatCompletion>
  /** The message of the first choice. */
  finalMessage(): Promise<CompletionMessage>
  finalText(): Promise<string>
  /** Undefined where the server sent none. */
  finalUsage(): Promise<Usage | undefined>
  /** The text of the first choice, in pieces. */
  readonly textStream: AsyncIterable<string>
  abort(): void
  /** The chunks as lines of JSON; `completionStreamFrom` reads them back. */
  toReadableStream(): ReadableStream<Uint8Array>
}

/**
 * @param chunks asked for once, at the first reader
 * @param controller aborts the source; `abort()` fires it
 */
export function completionStream(
  chunks: () => AsyncIterable<ChatCompletionChunk>,
  {
    controller = new AbortController(),
    parser,
    lenient = false,
  }: { controller?: AbortController; parser?: ContentParser | undefined; lenient?: boolean } = {},
): CompletionStream {
  const fold = foldEvents(parser)
  const listeners = emitter<StreamEvents>()
  let iterating: AsyncGenerator<StreamEvent> | undefined
  let settled: PromiseWithResolvers<ChatCompletion> | undefined
  const final = () => {
    settled ??= Promise.withResolvers()
    return settled
  }

  async function* events(): AsyncGenerator<StreamEvent> {
    let finished = false
    try {
      for await (const chunk of chunks()) {
        for (const event of fold.add(chunk)) {
          listeners.emit(event.type, event as never)
          yield event
        }
      }
      for (const event of fold.end()) {
        listeners.emit(event.type, event as never)
        yield event
      }
      const completion = fold.accumulator.completion(true, lenient)
      finished = true
      final().resolve(completion)
    } catch (error) {
      finished = true
      const told = withPartial(error, fold.accumulator.snapshot)
      // Whoever iterates gets the error there; the accessors reject with it too, but it is not told twice.
      final().promise.catch(() => {})
      final().reject(told)
      throw told
    } finally {
      if (!finished) {
        controller.abort()
        final().promise.catch(() => {})
        final().reject(new AbortError('The stream was left before its end.', { partial: fold.accumulator.snapshot }))
      }
    }
  }

  const start = () => {
    if (iterating) throw new AlreadyReadError('This stream is being read; it gives its events once.')
    iterating = events()
    return iterating
  }
  /** Reads to the end where nobody iterates. */
  const drive = () => {
    if (iterating) return
    const source = start()
    const run = async () => {
      for await (const _ of source);
    }
    run().catch(() => {})
  }
  const completion = () => {
    const { promise } = final()
    queueMicrotask(drive)
    return promise
  }

  const stream: CompletionStream = {
    [Symbol.asyncIterator]: () => start(),
    async [Symbol.asyncDispose]() {
      stream.abort()
    },
    on(type, listener) {
      listeners.on(type, listener)
      queueMicrotask(drive)
      return stream
    },
    finalCompletion: completion,
    finalMessage: () => completion().then(({ choices }) => choices[0]?.message ?? { role: 'assistant', content: null }),
    finalText: () => completion().then(({ choices }) => choices[0]?.message.content ?? ''),
    finalUsage: () => completion().then(({ usage }) => usage),
    textStream: {
      async *[Symbol.asyncIterator]() {
        for await (const event of start()) {
          if (event.type !== 'chunk') continue
          for (const choice of event.chunk.choices ?? [])
            if (choice?.index === 0 && choice.delta?.content) yield choice.delta.content
        }
      },
    },
    abort: () => controller.abort(),
    toReadableStream: () => lines(start(), controller),
  }
  return stream
}

/** Reads a stream that `toReadableStream()` made, in another process or page. @throws as the stream did, as far as JSON tells it */
export function completionStreamFrom(readable: ReadableStream<Uint8Array>): CompletionStream {
  return completionStream(() => chunkLines(readable))
}

function lines(source: AsyncGenerator<StreamEvent>, request: AbortController): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      try {
        for (let step = await source.next(); !step.done; step = await source.next()) {
          if (step.value.type === 'chunk')
            return controller.enqueue(encoder.encode(`${JSON.stringify(step.value.chunk)}\n`))
        }
        controller.close()
      } catch (error) {
        controller.error(error)
      }
    },
    async cancel() {
      // A read under way would keep the generator from returning.
      request.abort()
      await source.return(undefined)
    },
  })
}

async function* chunkLines(readable: ReadableStream<Uint8Array>): AsyncGenerator<ChatCompletionChunk> {
  const decoder = new TextDecoder()
  const reader = readable.getReader()
  let rest = ''
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      const text = rest + decoder.decode(step.value, { stream: true })
      const complete = text.split('\n')
      rest = complete.pop() ?? ''
      for (const line of complete) if (line) yield parseJson(line) as ChatCompletionChunk
    }
    if (rest.trim()) yield parseJson(rest) as ChatCompletionChunk
  } finally {
    reader.cancel().catch(() => {})
  }
}

function withPartial(error: unknown, partial: ChatCompletion): unknown {
  if (!(error instanceof PawlError)) return error
  return Object.defineProperty(error, 'partial', { value: partial, enumerable: true })
}
