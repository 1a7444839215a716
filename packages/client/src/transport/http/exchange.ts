/** One request on a connection, and its answer. */

import { ProtocolError } from '../../errors/protocol-error.ts'
import type { Watch } from '../../send/watch.ts'
import { connectionFault } from '../connection-fault.ts'
import { staleSockets } from '../stale-sockets.ts'
import { moment, type TransportRequest, type TransportResponse } from '../transport.ts'
import { BodyPieces } from './body-pieces.ts'
import type { Connection, Holder } from './connection.ts'
import type { Kept } from './kept.ts'
import { fieldOf, headersOf, type ResponseHead } from './response-head.ts'
import { ResponseReader } from './response-reader.ts'
import { isCoding, type Unpacked, unpacked } from './unpacked.ts'

/** Sends a request over a connection that is kept, or a new one. @param head all that stands before the body */
export function exchange(
  kept: Kept,
  head: string,
  request: TransportRequest,
  watch: Watch,
): Promise<TransportResponse> {
  return new Promise((resolve, reject) => new Exchange(kept, request, watch, resolve, reject).send(head, request))
}

class Exchange implements Holder, TransportResponse {
  readonly #kept: Kept
  readonly #url: string
  readonly #headersLimit: number
  readonly #watch: Watch
  readonly #resolve: (response: TransportResponse) => void
  readonly #reject: (error: unknown) => void
  readonly #reader = new ResponseReader()
  readonly #body = new BodyPieces()
  /** until the answer is over */
  #connection: Connection | undefined
  #heard = false
  #unpacked: Unpacked | undefined
  #headers: Readonly<Record<string, string>> | undefined
  #patience: ReturnType<typeof setTimeout> | undefined

  constructor(
    kept: Kept,
    { url, headersLimit }: TransportRequest,
    watch: Watch,
    resolve: (response: TransportResponse) => void,
    reject: (error: unknown) => void,
  ) {
    this.#kept = kept
    this.#url = url
    this.#headersLimit = headersLimit
    this.#watch = watch
    this.#resolve = resolve
    this.#reject = reject
  }

  send(head: string, { body, connect }: TransportRequest): void {
    const connection = this.#kept.take()
    this.#connection = connection
    connection.hold(this)
    if (connection.reused) this.connected()
    else this.#watch.wait('connect', connect)
    connection.write(head, body)
    this.#watch.onStop((error) => this.#fail(error))
  }

  // Of the connection

  connected(): void {
    if (!this.#heard) this.#watch.wait('headers', this.#headersLimit)
  }

  received(bytes: Buffer): boolean {
    this.#heard = true
    const answered = this.status !== 0
    try {
      const piece = this.#reader.push(bytes)
      if (!answered && this.#reader.head) this.#answer(this.#reader.head)
      const room = this.#add(piece)
      if (this.#reader.damage) throw this.#reader.damage
      if (!this.#reader.complete) return room
    } catch (error) {
      this.#fail(error)
      return false
    }
    this.#end()
    return true
  }

  ended(): void {
    this.#reader.close()
    if (this.#reader.complete) this.#end()
    else this.closed(undefined)
  }

  closed(cause: Error | undefined): void {
    const fault = connectionFault(cause ?? hungUp(), this.#url)
    // No byte of an answer came on a kept connection: it was closed by the other side before it was used again.
    if (this.#connection?.reused && !this.#heard && fault.reason === 'reset') {
      staleSockets.add(fault)
      this.#kept.drop()
    }
    this.#fail(fault)
  }

  // Of the answer

  get status(): number {
    return this.#reader.head?.status ?? 0
  }

  get headers(): Readonly<Record<string, string>> {
    this.#headers ??= headersOf(this.#reader.head?.fields ?? [])
    return this.#headers
  }

  read(): Promise<Uint8Array | undefined> {
    const { full } = this.#body
    const bytes = this.#body.read()
    if (full) this.#resume()
    return bytes
  }

  finish(): void {
    this.#body.discard()
    if (!this.#connection) return
    this.#resume()
    this.#patience = setTimeout(() => this.cancel(), moment)
    this.#patience.unref()
  }

  cancel(): void {
    if (this.#connection) this.#fail(new ProtocolError('truncated', 'The body broke off before its end.'))
    this.#unpacked?.destroy()
  }

  #answer({ fields }: ResponseHead): void {
    const coding = fieldOf(fields, 'content-encoding')
    if (isCoding(coding)) this.#unpacked = unpacked(coding, this.#body, () => this.#connection?.resume())
    this.#resolve(this)
  }

  /** False where the reader is too slow. */
  #add(piece: Buffer): boolean {
    if (this.#unpacked) return this.#unpacked.write(piece)
    this.#body.add(piece)
    return !this.#body.full
  }

  #resume(): void {
    const source = this.#unpacked ?? this.#connection
    source?.resume()
  }

  #end(): void {
    const connection = this.#connection
    this.#connection = undefined
    clearTimeout(this.#patience)
    connection?.release(this.#reader.overrun ? 0 : (this.#reader.head?.keptFor ?? 0))
    if (this.#unpacked) this.#unpacked.end()
    else this.#body.end()
  }

  #fail(error: unknown): void {
    const connection = this.#connection
    this.#connection = undefined
    clearTimeout(this.#patience)
    connection?.destroy()
    this.#unpacked?.destroy()
    this.#reject(error)
    this.#body.fail(error)
  }
}

/** As the system says it where the other side closes without order. */
function hungUp(): Error {
  return Object.assign(new Error('The other side closed the connection.'), { code: 'ECONNRESET' })
}
