/** The chunks of `create({ stream: true })`, as the official package hands them out. */

import { APIUserAbortError, OpenAIError } from './errors.ts'
import { toLines } from './lines.ts'

/**
 * One reader, once. `controller.abort()` ends the reading without an error, as the official package does; a signal in
 * the options of the call ends it with an `APIUserAbortError`.
 */
export class Stream<T> implements AsyncIterable<T> {
  readonly controller: AbortController
  readonly #items: () => AsyncIterator<T>
  #read = false

  constructor(items: () => AsyncIterator<T>, controller: AbortController) {
    this.#items = items
    this.controller = controller
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    if (this.#read) throw new OpenAIError('A stream can be read once; use `.tee()` to read it twice.')
    this.#read = true
    const items = this.#items()
    let ended = false
    try {
      for (let next = await items.next(); !next.done; next = await items.next()) {
        yield next.value
        if (this.controller.signal.aborted) return
      }
      ended = true
    } catch (error) {
      ended = true
      if (!(error instanceof APIUserAbortError && this.controller.signal.aborted)) throw error
    } finally {
      if (!ended) {
        this.controller.abort()
        await items.return?.()
      }
    }
  }

  /** Two streams with the same items; what one reader has not taken yet is kept for it. */
  tee(): [Stream<T>, Stream<T>] {
    const items = this[Symbol.asyncIterator]()
    const waiting: Promise<IteratorResult<T>>[][] = [[], []]
    const branch = (mine: number) => (): AsyncIterator<T> => ({
      next: () => {
        const kept = waiting[mine]?.shift()
        if (kept) return kept
        const next = items.next()
        waiting[1 - mine]?.push(next)
        return next
      },
    })
    return [new Stream(branch(0), this.controller), new Stream(branch(1), this.controller)]
  }

  /** The items as lines of JSON, to hand on to another runtime. */
  toReadableStream(): ReadableStream<Uint8Array> {
    return toLines(this, () => this.controller.abort())
  }
}
