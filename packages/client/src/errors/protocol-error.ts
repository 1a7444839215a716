import { PawlError, type PawlErrorOptions } from './pawl-error.ts'

/** What was wrong with an answer that came. */
export type ProtocolReason = 'not_completion' | 'malformed' | 'truncated' | 'oversize' | 'redirect'

/** What came is not what the protocol says: nothing of it is taken for a complete answer. `partial` is what had arrived. */
export class ProtocolError extends PawlError {
  static override readonly name: string = 'ProtocolError'
  override readonly code = 'protocol_error'
  readonly reason: ProtocolReason

  constructor(reason: ProtocolReason, message: string, options: PawlErrorOptions = {}) {
    super(message, options)
    this.reason = reason
  }

  override get retryable(): boolean {
    return this.reason === 'truncated'
  }
}
