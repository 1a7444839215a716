/** The connections to one server that wait for their next request. */

import { Connection, type Home } from './connection.ts'
import type { Target } from './sockets.ts'

/** More are closed when they are free. */
const most = 4096

export class Kept implements Home {
  readonly target: Target
  session: Buffer | undefined
  readonly #free: Connection[] = []

  constructor(target: Target) {
    this.target = target
  }

  /** The one that was used last, so that those beyond need grow old; a new one where none is free. */
  take(): Connection {
    for (let connection = this.#free.pop(); connection; connection = this.#free.pop()) {
      if (connection.keptUntil > performance.now()) return connection
      connection.destroy()
    }
    return new Connection(this)
  }

  keep(connection: Connection): void {
    if (this.#free.length < most) this.#free.push(connection)
    else connection.destroy()
  }

  forget(connection: Connection): void {
    const at = this.#free.lastIndexOf(connection)
    if (at !== -1) this.#free.splice(at, 1)
  }

  /** One was found dead: the others are as old. */
  drop(): void {
    for (const connection of this.#free.splice(0)) connection.destroy()
  }
}
