// Which answer belongs to which method and path. Everything but reading the clock of `options` is plain data.
import { answer } from './answer.ts'
import { offlineModelId } from './model-id.ts'
import { checkRequest } from './wire/check-request.ts'
import { toChunks } from './wire/chunks.ts'
import { RequestFault } from './wire/request-fault.ts'

/** What goes back: one JSON body, or the data of server-sent events in order. */
export type Reply =
  | { readonly type: 'json'; readonly status: number; readonly body: unknown; readonly allow?: string }
  | { readonly type: 'events'; readonly events: Iterable<string> }

/** A route answers a body of text; GET routes get an empty one. */
type Route = (body: string, now: Date) => Reply | Promise<Reply>

const model = { id: offlineModelId, object: 'model', created: 0, owned_by: 'pawl' } as const

const routes: ReadonlyMap<string, { readonly method: 'GET' | 'POST'; readonly route: Route }> = new Map([
  ['/v1/chat/completions', { method: 'POST', route: complete }],
  ['/v1/models', { method: 'GET', route: () => json({ object: 'list', data: [model] }) }],
  [`/v1/models/${offlineModelId}`, { method: 'GET', route: () => json(model) }],
])

/**
 * The route for a request.
 * @throws RequestFault 404 for an unknown path, 405 for the wrong method
 */
export function findRoute(method: string, path: string): { readonly route: Route } {
  const found = routes.get(path)
  if (!found && path.startsWith('/v1/models/')) {
    throw new RequestFault(404, `There is one model here, '${offlineModelId}'.`, {
      param: 'model',
      code: 'model_not_found',
    })
  }
  if (!found)
    throw new RequestFault(404, `There is no ${path} here; see /v1/models and /v1/chat/completions.`, {
      code: 'unknown_url',
    })
  if (found.method === method) return found
  throw new RequestFault(405, `${path} takes ${found.method}.`, { code: 'method_not_allowed' })
}

async function complete(text: string, now: Date): Promise<Reply> {
  const request = checkRequest(parse(text))
  const completion = await answer(request, { now })
  return request.stream ? { type: 'events', events: eventData() } : json(completion)

  function* eventData() {
    for (const chunk of toChunks(completion, request.includeUsage)) yield JSON.stringify(chunk)
    yield '[DONE]'
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw Object.assign(new RequestFault(400, 'The request body is not valid JSON.'), { cause })
  }
}

function json(body: unknown): Reply {
  return { type: 'json', status: 200, body }
}
