import { PawlError, type PawlErrorOptions } from './pawl-error.ts'

/** Why no answer could come. */
export type ConnectionReason = 'refused' | 'dns' | 'tls' | 'reset' | 'proxy' | 'unreachable'

/** No answer came: the server could not be reached, or the connection broke. A TLS fault is not retryable. */
export class ConnectionError extends PawlError {
  static override readonly name: string = 'ConnectionError'
  override readonly code = 'connection_error'
  readonly reason: ConnectionReason

  constructor(message: string, options: PawlErrorOptions & { reason: ConnectionReason }) {
    super(message, options)
    this.reason = options.reason
  }

  override get retryable(): boolean {
    return this.reason !== 'tls'
  }
}
