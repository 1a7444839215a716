/** Bytes of a body, between a connection that brings them and a reader that takes its time. */

/** Bytes that are held before the other side is told to wait. */
const mostHeld = 128 * 1024

export class BodyPieces {
  #pieces: Uint8Array[] = []
  #held = 0
  #ended = false
  #wanted = true
  #failure: unknown
  #waiting: PromiseWithResolvers<Uint8Array | undefined> | undefined

  get full(): boolean {
    return this.#held > mostHeld
  }

  add(bytes: Uint8Array): void {
    if (!this.#wanted || bytes.length === 0) return
    if (this.#waiting) {
      this.#waiting.resolve(bytes)
      this.#waiting = undefined
    } else {
      this.#pieces.push(bytes)
      this.#held += bytes.length
    }
  }

  end(): void {
    this.#ended = true
    this.#waiting?.resolve(undefined)
    this.#waiting = undefined
  }

  /** Told after what came before it. The first failure counts. */
  fail(error: unknown): void {
    this.#failure ??= error
    this.#waiting?.reject(this.#failure)
    this.#waiting = undefined
  }

  /** All that is here, at once, or what comes next; undefined at the end. */
  read(): Promise<Uint8Array | undefined> {
    if (this.#pieces.length > 0) {
      const [first] = this.#pieces
      const bytes = this.#pieces.length > 1 ? Buffer.concat(this.#pieces) : first
      this.#empty()
      return Promise.resolve(bytes)
    }
    if (this.#failure !== undefined) return Promise.reject(this.#failure)
    if (this.#ended) return Promise.resolve(undefined)
    this.#waiting = Promise.withResolvers()
    return this.#waiting.promise
  }

  /** Nobody reads on: what comes is thrown away. */
  discard(): void {
    this.#wanted = false
    this.#empty()
  }

  #empty(): void {
    this.#pieces = []
    this.#held = 0
  }
}
