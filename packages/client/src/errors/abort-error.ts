import { PawlError } from './pawl-error.ts'

/** The caller's signal fired, or `abort()` was called. `partial` is what had arrived, `cause` the signal's reason. */
export class AbortError extends PawlError {
  override readonly code = 'aborted'
}
