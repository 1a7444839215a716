import { ApiError } from './api-error.ts'

/** 404: no such model, completion or address. */
export class NotFoundError extends ApiError {
  override readonly code = 'not_found'
}
