import { PawlError, type PawlErrorOptions } from './pawl-error.ts'

/** The call itself is wrong, and nothing was sent. `field` names what to change. */
export class RequestError extends PawlError {
  static override readonly name: string = 'RequestError'
  override readonly code = 'bad_request'
  readonly field: string

  constructor(field: string, message: string, options: PawlErrorOptions = {}) {
    super(message, options)
    this.field = field
  }
}
