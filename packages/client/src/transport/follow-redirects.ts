import type { Transport, TransportResponse } from './transport.ts'

const most = 5

/** Goes on to where a server redirects, as long as that is the same server and the body may go along. */
export function followRedirects(transport: Transport): Transport {
  return async (request, watch) => {
    let { url } = request
    for (let redirects = 0; ; redirects += 1) {
      const response = await transport({ ...request, url }, watch)
      const next = redirects < most ? sameOrigin(response, url, request.method) : undefined
      if (next === undefined) return response
      response.finish()
      url = next
    }
  }
}

function sameOrigin({ status, headers }: TransportResponse, from: string, method: string): string | undefined {
  if (status < 300 || status >= 400 || headers['location'] === undefined) return undefined
  const to = URL.parse(headers['location'], from)
  const keepsBody = method === 'GET' || status === 307 || status === 308
  return keepsBody && to?.origin === new URL(from).origin ? to.href : undefined
}
