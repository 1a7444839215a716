/** A streamed completion as events with snapshots, and what it came to. */

import { emitter } from '../emitter.ts'
import { AbortError } from '../errors/abort-error.ts'
import { AlreadyReadError } from '../errors/already-read-error.ts'
import { PawlError, withFacts } from '../errors/pawl-error.ts'
import type { ChatCompletionChunk } from '../types/chunk.ts'
import type { ChatCompletion, CompletionMessage } from '../types/completion.ts'
import type { Usage } from '../types/usage.ts'
import { inflowOf } from './chunk-source.ts'
import { type EventFold, foldEvents } from './fold-events.ts'
import { type Inflow, inflow, iteratorOf } from './inflow.ts'
import { eventStreamOf, readChunks } from './readable.ts'
import type { StreamEvent, StreamEvents } from './stream-events.ts'

/**
 * Lazy: the request goes out at the first `for await`, `.on` or `final…`. Not a thenable, so an async function can
 * return it. One reader; listeners and accessors may be many. `break` and `abort()` close the connection.
 */
export interface CompletionStream extends AsyncIterable<StreamEvent>, AsyncDisposable {
  /** Hears the events of this type from now on, also those that an iteration reads. */
  on<K extends keyof StreamEvents>(type: K, listener: (event: StreamEvents[K]) => void): this
  finalCompletion(): Promise<ChatCompletion>
  /** The message of the first choice. */
  finalMessage(): Promise<CompletionMessage>
  /** The text of the first choice; empty where it has none. */
  finalText(): Promise<string>
  /** Undefined where the server sent none. */
  finalUsage(): Promise<Usage | undefined>
  /** The text of the first choice, in pieces; the one reader. */
  readonly textStream: AsyncIterable<string>
  /** Everything that waits for this stream gets an `AbortError`; after the end it does nothing. */
  abort(): void
  /** The chunks as server-sent events, as the server would send them; `completionStreamFrom` reads them back. The one reader. */
  toReadableStream(): ReadableStream<Uint8Array>
}

/** For who makes the events of chunks that no client of Pawl read. */
export interface CompletionStreamOptions {
  /** Ends the source; `abort()` calls it, and so does a reader that leaves. */
  readonly abort?: (() => void) | undefined
  /** A stream of this server may end well without a finish reason. */
  readonly finishReasonOptional?: boolean | undefined
  /** A fold to which the source adds its chunks itself. */
  readonly fold?: EventFold | undefined
}

/** The events of any chunks, as of `model.stream(…)`. @param chunks asked for once, when the first reader comes */
export function completionStream(
  chunks: () => AsyncIterable<ChatCompletionChunk>,
  options: CompletionStreamOptions = {},
): CompletionStream {
  const { fold = foldEvents() } = options
  return completionStreamOf(() => inflowOf(chunks()), fold, options.fold ? fold.take : fold.add, options)
}

/**
 * The events of chunks that are read as an inflow.
 * @param eventsOf gives those of the chunk that came: `fold.take` where its accumulator has been given it, else `fold.add`
 */
export function completionStreamOf(
  chunks: () => Inflow<ChatCompletionChunk>,
  { accumulator, end }: EventFold,
  eventsOf: (chunk: ChatCompletionChunk) => StreamEvent[],
  { abort = () => {}, finishReasonOptional }: CompletionStreamOptions,
): CompletionStream {
  const listeners = emitter<StreamEvents>()
  const settled = Promise.withResolvers<ChatCompletion>()
  const finals: Promise<unknown>[] = [settled.promise]
  let reading: 'nobody' | 'iteration' | 'drive' = 'nobody'
  let source: Inflow<ChatCompletionChunk> | undefined
  let events: readonly StreamEvent[] = []
  let at = 0
  let left: void | Promise<void>
  let over = false

  /** An iteration tells the error itself: the final values reject too, but an unheard one is no second telling. */
  const hush = (promise: Promise<unknown>) => void promise.catch(() => {})

  /** An error of the source, of a listener or of a parser ends everything. */
  const fail = (error: unknown): unknown => {
    const partial = accumulator.partial()
    const told = error instanceof PawlError && error.partial === undefined ? withFacts(error, { partial }) : error
    events = []
    settled.reject(told)
    if (over) return told
    over = true
    abort()
    left = source?.leave()
    hush(Promise.resolve(left))
    return told
  }

  const takeEvent = (): StreamEvent | undefined => {
    try {
      while (at >= events.length) {
        const step = over ? undefined : source?.here.next()
        if (!step || step.done) return undefined
        events = eventsOf(step.value)
        at = 0
      }
      const event = events[at++] as StreamEvent
      listeners.emit(event.type, event as never)
      return event
    } catch (error) {
      throw fail(error)
    }
  }

  const more = async (): Promise<boolean> => {
    try {
      if (over) return false
      source ??= chunks()
      if (await source.more()) return true
      if (over) return false
      const completion = accumulator.completion(true, finishReasonOptional)
      events = end()
      at = 0
      over = true
      settled.resolve(completion)
      return true
    } catch (error) {
      throw fail(error)
    }
  }

  const leave = async (): Promise<void> => {
    if (over) return
    fail(new AbortError('The stream was left before its end.'))
    await left
  }

  const iterate = () => {
    if (reading !== 'nobody') throw new AlreadyReadError('This stream has been read; ask again, or keep what it gave.')
    reading = 'iteration'
    finals.forEach(hush)
    return iteratorOf(inflow(takeEvent, { more, leave }))
  }

  /** Reads to the end where nobody iterates; waits a moment for who does so in the same breath. */
  const want = () =>
    queueMicrotask(async () => {
      if (reading !== 'nobody') return
      reading = 'drive'
      try {
        do while (takeEvent());
        while (await more())
      } catch {
        // The final values have it; when nobody asked for one, it is an unhandled rejection.
      }
    })

  const final = <T>(read: (completion: ChatCompletion) => T): Promise<T> => {
    want()
    const promise = settled.promise.then(read)
    finals.push(promise)
    if (reading === 'iteration') hush(promise)
    return promise
  }

  return {
    [Symbol.asyncIterator]: iterate,
    [Symbol.asyncDispose]: leave,
    on(type, listener) {
      listeners.on(type, listener)
      want()
      return this
    },
    finalCompletion: () => final((completion) => completion),
    finalMessage: () => final(({ choices }) => choices[0]?.message ?? { role: 'assistant', content: null }),
    finalText: () => final(({ choices }) => choices[0]?.message.content ?? ''),
    finalUsage: () => final(({ usage }) => usage),
    textStream: {
      async *[Symbol.asyncIterator]() {
        for await (const event of { [Symbol.asyncIterator]: iterate }) {
          if (event.type !== 'chunk') continue
          for (const choice of event.chunk.choices)
            if (choice?.index === 0 && choice.delta.content) yield choice.delta.content
        }
      },
    },
    abort: () => {
      if (!over) abort()
    },
    toReadableStream: () => eventStreamOf(iterate()),
  }
}

/** Reads a stream that `toReadableStream()` made, in another process or page, or the body of any server's streamed answer. */
export function completionStreamFrom(readable: ReadableStream<Uint8Array>): CompletionStream {
  return completionStream(() => readChunks(readable))
}
