import { PawlError, type PawlErrorOptions } from '@pawl/client'

/** What a run cannot go on with; each is a code of its own. */
export type RunErrorCode =
  | 'run_exists'
  | 'run_unknown'
  | 'agent_unknown'
  | 'hook_failed'
  | 'decision_unknown'
  | 'price_unknown'
  | 'run_ended'
  | 'real_request'

/** The run cannot start or go on as asked; the code says why. */
export class RunError extends PawlError {
  static override readonly name: string = 'RunError'
  override readonly code: RunErrorCode

  constructor(code: RunErrorCode, message: string, options: PawlErrorOptions = {}) {
    super(message, options)
    this.code = code
  }
}
