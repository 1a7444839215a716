/** The error classes of the official package, under its names and with its fields. */

/** The base of all of them; `cause` is the error of Pawl that lies behind it, with its attempts and its partial. */
export class OpenAIError extends Error {}

/** What a server says about a fault. */
export interface ErrorBody {
  readonly message?: unknown
  readonly code?: string | null | undefined
  readonly param?: string | null | undefined
  readonly type?: string | undefined
}

/** The server answered with an error; `status` is undefined when the fault lies elsewhere. */
export class APIError extends OpenAIError {
  readonly status: number | undefined
  readonly headers: Headers | undefined
  /** the `error` of the body, as the server sent it */
  readonly error: ErrorBody | undefined
  readonly code: string | null | undefined
  readonly param: string | null | undefined
  readonly type: string | undefined
  readonly requestID: string | null | undefined

  constructor(
    status: number | undefined,
    error: ErrorBody | undefined,
    message: string | undefined,
    headers: Headers | undefined,
    options?: ErrorOptions,
  ) {
    super(messageOf(status, error, message), options)
    this.status = status
    this.headers = headers
    this.error = error
    this.code = error?.code
    this.param = error?.param
    this.type = error?.type
    this.requestID = headers?.get('x-request-id')
  }
}

/** The caller's signal fired, or `abort()` was called. */
export class APIUserAbortError extends APIError {
  constructor({ message = 'Request was aborted.', cause }: { message?: string | undefined; cause?: unknown } = {}) {
    super(undefined, undefined, message, undefined, { cause })
  }
}

/** No answer came: the name was not found, the connection refused, reset or cut. */
export class APIConnectionError extends APIError {
  constructor({ message = 'Connection error.', cause }: { message?: string | undefined; cause?: unknown } = {}) {
    super(undefined, undefined, message, undefined, { cause })
  }
}

/** A limit of time passed. */
export class APIConnectionTimeoutError extends APIConnectionError {
  constructor({ message = 'Request timed out.', cause }: { message?: string | undefined; cause?: unknown } = {}) {
    super({ message, cause })
  }
}

/** Status 400. */
export class BadRequestError extends APIError {}

/** Status 401. */
export class AuthenticationError extends APIError {}

/** Status 403. */
export class PermissionDeniedError extends APIError {}

/** Status 404. */
export class NotFoundError extends APIError {}

/** Status 409. */
export class ConflictError extends APIError {}

/** Status 422. */
export class UnprocessableEntityError extends APIError {}

/** Status 429, for a quota that is spent too. */
export class RateLimitError extends APIError {}

/** Status 500 and above. */
export class InternalServerError extends APIError {}

/** An answer that was to be parsed was cut at its token limit. */
export class LengthFinishReasonError extends OpenAIError {
  constructor() {
    super('Could not parse response content as the length limit was reached')
  }
}

/** An answer that was to be parsed was withheld by the content filter. */
export class ContentFilterFinishReasonError extends OpenAIError {
  constructor() {
    super('Could not parse response content as the request was rejected by the content filter')
  }
}

const classes = new Map([
  [400, BadRequestError],
  [401, AuthenticationError],
  [403, PermissionDeniedError],
  [404, NotFoundError],
  [409, ConflictError],
  [422, UnprocessableEntityError],
  [429, RateLimitError],
])

/** The class that the official package has for this status. */
export function errorClass(status: number): typeof APIError {
  return classes.get(status) ?? (status >= 500 ? InternalServerError : APIError)
}

function messageOf(status: number | undefined, error: ErrorBody | undefined, message: string | undefined): string {
  const told = error?.message === undefined ? message : error.message
  const text = typeof told === 'string' ? told : JSON.stringify(told)
  if (status !== undefined) return text ? `${status} ${text}` : `${status} status code (no body)`
  return text || '(no status code or body)'
}
