/** Our errors as the official package's. */

import {
  AbortError,
  ApiError,
  ConnectionError,
  isPawlError,
  type ServerFault,
  StreamError,
  TimeoutError,
} from '../index.ts'
import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
  type ErrorBody,
  errorClass,
  OpenAIError,
} from './errors.ts'

/**
 * The error of the official package that a program expects in this place; ours is its `cause`. What is no error of ours
 * stays as it is.
 * @param known the headers of the response, where they are at hand; else only the id of the request is known
 */
export function officialError(error: unknown, known?: Headers): unknown {
  if (!isPawlError(error)) return error
  const { message, requestId } = error
  const headers = known ?? new Headers(requestId === undefined ? {} : { 'x-request-id': requestId })
  if (error instanceof AbortError) return new APIUserAbortError({ cause: error })
  if (error instanceof TimeoutError) return new APIConnectionTimeoutError({ cause: error })
  if (error instanceof ConnectionError) return new APIConnectionError({ cause: error })
  if (error instanceof ApiError) {
    const Class = errorClass(error.status)
    return new Class(error.status, bodyOf(error.server), error.body || undefined, headers, { cause: error })
  }
  if (error instanceof StreamError)
    return new APIError(undefined, bodyOf(error.server), message, headers, { cause: error })
  return new OpenAIError(message, { cause: error })
}

/** On the wire all four fields are there, null where they say nothing. */
function bodyOf({ message, type, param, code }: ServerFault): ErrorBody | undefined {
  if (message === undefined && type === undefined) return undefined
  return { message, type, param: param ?? null, code: code ?? null }
}
