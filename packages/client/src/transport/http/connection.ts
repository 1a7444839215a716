/** One connection to a server: it carries one exchange at a time, and is kept for the next. */

import { openSocket, type Socket, type Target } from './sockets.ts'

/** Where a connection stays while it is free. */
export interface Home {
  readonly target: Target
  /** of TLS, so that the next handshake is short */
  session: Buffer | undefined
  keep(connection: Connection): void
  /** It is of no more use. */
  forget(connection: Connection): void
}

/** Whoever has a connection is told of what happens to it. */
export interface Holder {
  /** It stands; the request is on its way. */
  connected(): void
  /** Bytes, which are there only until this returns. False: no more until `resume`. */
  received(bytes: Buffer): boolean
  /** The other side sends no more. */
  ended(): void
  /** @param cause undefined where it was closed in order */
  closed(cause: Error | undefined): void
}

export class Connection {
  /** It carried an exchange before. */
  reused = false
  /** on the clock of `performance.now()`; from then on the other side may close it */
  keptUntil = 0
  readonly #home: Home
  readonly #socket: Socket
  #holder: Holder | undefined
  #cause: Error | undefined

  constructor(home: Home) {
    const { target, session } = home
    this.#home = home
    this.#socket = openSocket(target, (bytes) => this.#received(bytes), session)
      .once(target.secure ? 'secureConnect' : 'connect', () => this.#holder?.connected())
      .on('session', (fresh: Buffer) => {
        home.session = fresh
      })
      .on('end', () => this.#ended())
      .on('error', (cause) => {
        this.#cause = cause
        // A handshake may have failed for it.
        if (!this.reused) home.session = undefined
      })
      .on('close', () => this.#closed())
  }

  hold(holder: Holder): void {
    this.#holder = holder
    if (this.reused) this.#socket.ref()
  }

  write(head: string, body = ''): void {
    // As many bytes as characters: one piece of ASCII, which is written without being encoded.
    if (Buffer.byteLength(body) === body.length) this.#socket.write(head + body, 'latin1')
    else {
      this.#socket.cork()
      this.#socket.write(head, 'latin1')
      this.#socket.write(body, 'utf8')
      this.#socket.uncork()
    }
  }

  resume(): void {
    this.#socket.resume()
  }

  /** The exchange is over: keeps it so many milliseconds for the next one, if it can be. */
  release(milliseconds: number): void {
    // A server may answer before it has read the request.
    if (milliseconds <= 0 || this.#socket.writableLength > 0) {
      this.destroy()
      return
    }
    this.#holder = undefined
    this.#socket.unref()
    this.reused = true
    this.keptUntil = performance.now() + milliseconds
    this.#home.keep(this)
  }

  destroy(): void {
    this.#holder = undefined
    this.#socket.destroy()
  }

  #received(bytes: Buffer): boolean {
    if (this.#holder) return this.#holder.received(bytes)
    // Nobody asked.
    this.#lose()
    return false
  }

  #ended(): void {
    if (this.#holder) this.#holder.ended()
    else this.#lose()
  }

  #closed(): void {
    const holder = this.#holder
    this.#holder = undefined
    if (holder) holder.closed(this.#cause)
    else this.#lose()
  }

  #lose(): void {
    this.#home.forget(this)
    this.#socket.destroy()
  }
}
