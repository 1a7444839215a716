import { PawlError, type PawlErrorOptions } from './pawl-error.ts'
import type { ServerFault } from './server-fault.ts'

/** The server put an error where a completion was due: into the stream, or into an answer of status 200. */
export class StreamError extends PawlError {
  static override readonly name: string = 'StreamError'
  override readonly code = 'stream_error'
  readonly server: ServerFault

  constructor(server: ServerFault, options: PawlErrorOptions = {}) {
    super(`The server broke off with an error: ${server.message ?? server.code ?? 'no reason given'}`, options)
    this.server = server
  }

  override get retryable(): boolean {
    return /overloaded|rate|unavailable|timeout|server_error|internal|50\d|429/i.test(
      `${this.server.code} ${this.server.type}`,
    )
  }
}
