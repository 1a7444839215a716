import { ApiError } from './api-error.ts'

/** 404: no such model, completion or address. */
export class NotFoundError extends ApiError {
  static override readonly name: string = 'NotFoundError'
  override readonly code = 'not_found'
}
