import type { PawlError } from './errors/pawl-error.ts'
import type { Usage } from './types/usage.ts'

/** One failed try of a request: the error it ended with, and how long was waited after it. */
export interface Attempt {
  /** 1 for the first */
  readonly number: number
  readonly error: PawlError
  readonly waitMs: number
  readonly usage?: Usage | undefined
}
