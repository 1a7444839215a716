import { PawlError } from './pawl-error.ts'

/** A stream gives its events to one reader; a second one finds it read. */
export class AlreadyReadError extends PawlError {
  static override readonly name: string = 'AlreadyReadError'
  override readonly code = 'already_read'
}
