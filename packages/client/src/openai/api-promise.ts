/** The promise of a request, as the official package gives it: with the response beside the data when asked. */

/** What is known of the response beside its data. */
export interface APIResponse {
  readonly status: number
  readonly headers: Headers
}

/** The data, and on request what came with it. */
export interface APIPromise<T> extends Promise<T> {
  /** The data with status, headers and the id of the request. The response has no body to read: it is in `data`. */
  withResponse(): Promise<{ data: T; response: APIResponse; request_id: string | null }>
}

/** @param sent the request under way */
export function apiPromise<T>(sent: Promise<{ data: T; response: APIResponse }>): APIPromise<T> {
  const data = sent.then(({ data, response }) => withRequestId(data, response))
  return Object.assign(data, {
    withResponse: () => {
      // Whoever asks this way hears of a fault here, and not a second time as an unhandled rejection.
      data.catch(() => {})
      return sent.then(({ data, response }) => ({
        data: withRequestId(data, response),
        response,
        request_id: response.headers.get('x-request-id'),
      }))
    },
  })
}

/** Hides `_request_id` on the data, where the official package has it: it is not serialised. */
function withRequestId<T>(data: T, { headers }: APIResponse): T {
  if (typeof data !== 'object' || data === null || '_request_id' in data) return data
  return Object.defineProperty(data, '_request_id', { value: headers.get('x-request-id'), enumerable: false })
}
