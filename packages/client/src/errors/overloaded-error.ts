import { ApiError } from './api-error.ts'

/** 503 or 529: the server has too much to do. */
export class OverloadedError extends ApiError {
  static override readonly name: string = 'OverloadedError'
  override readonly code = 'overloaded'
}
