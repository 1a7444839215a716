import { ApiError } from './api-error.ts'

/** 503 or 529: the server has too much to do. */
export class OverloadedError extends ApiError {
  override readonly code = 'overloaded'
}
