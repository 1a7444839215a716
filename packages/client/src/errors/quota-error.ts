import { ApiError } from './api-error.ts'

/** The account has nothing left to spend; waiting does not help, so it is not retried. */
export class QuotaError extends ApiError {
  static override readonly name: string = 'QuotaError'
  override readonly code = 'quota_exceeded'

  override get retryable(): boolean {
    return false
  }
}
