import { PawlError, type PawlErrorOptions } from '@pawl/client'

/** Why a store could not do it. */
export type StoreReason =
  | 'locked'
  | 'stale'
  | 'corrupt'
  | 'full'
  | 'readonly'
  | 'version'
  | 'id'
  | 'unsupported'
  | 'closed'
  | 'failed'

/** The store of runs cannot do what was asked. `locked` and `full` may pass by themselves. */
export class StoreError extends PawlError {
  static override readonly name: string = 'StoreError'
  override readonly code = 'store_error'
  readonly reason: StoreReason

  constructor(reason: StoreReason, message: string, options: PawlErrorOptions = {}) {
    super(message, options)
    this.reason = reason
  }

  override get retryable(): boolean {
    return this.reason === 'locked' || this.reason === 'full'
  }
}
