import { PawlError } from './pawl-error.ts'

/** The caller's signal fired, or `abort()` was called. `partial` is what had arrived, `cause` the signal's reason. */
export class AbortError extends PawlError {
  static override readonly name: string = 'AbortError'
  override readonly code = 'aborted'
}
