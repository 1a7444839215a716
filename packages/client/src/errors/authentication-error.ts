import { ApiError } from './api-error.ts'

/** 401 or 403: the key is missing, wrong, or may not do this. */
export class AuthenticationError extends ApiError {
  static override readonly name: string = 'AuthenticationError'
  override readonly code = 'authentication_failed'
}
