/** The client: a server, a key, and what can be asked. */

import { type Completions, completions } from './completions.ts'
import type { Model } from './model.ts'
import { type PageList, pageList } from './pages.ts'
import { withProfile } from './profiles/profile-of.ts'
import { sendForJson } from './send/send.ts'
import { type ClientOptions, type Settings, settingsOf } from './settings.ts'
import type { ModelRequest } from './types/request.ts'

/** A model that a server offers. `created` is Unix seconds. */
export interface ModelInfo {
  id: string
  object: 'model'
  created: number
  owned_by: string
}

export interface Client {
  readonly chat: { readonly completions: Completions }
  readonly models: { list(): PageList<ModelInfo>; retrieve(id: string): Promise<ModelInfo> }
  /** One model of this server. `defaults` are the parameters of each request that does not set them. */
  model(id: string, defaults?: Partial<ModelRequest>): Model
}

/** @throws RequestError where the base URL is no address; a missing key is told at the first request */
export function createClient(options: ClientOptions = {}): Client {
  const settings = settingsOf(options)
  const chat = { completions: completions(settings) }
  return { chat, models: models(settings), model: (id, defaults) => modelOf(chat.completions, settings, id, defaults) }
}

/** A model in one word, from the environment: `OPENAI_API_KEY`, `OPENAI_BASE_URL`. */
export function chat(id: string, options: ClientOptions = {}): Model {
  return createClient(options).model(id)
}

function modelOf(
  { create, streamRaw }: Completions,
  { profile }: Settings,
  id: string,
  defaults: Partial<ModelRequest> = {},
): Model {
  return withProfile(
    {
      id,
      complete: (request, options) => create({ model: id, ...defaults, ...request }, options),
      stream: (request, options) => streamRaw({ model: id, ...defaults, ...request }, options),
    },
    profile,
  )
}

function models(settings: Settings): Client['models'] {
  const get = (path: string, query?: string) => sendForJson(settings, { method: 'GET', path, query })
  return {
    list: () => pageList((after) => get('/models', after && `after=${encodeURIComponent(after)}`)),
    retrieve: async (id) => (await get(`/models/${encodeURIComponent(id)}`)) as ModelInfo,
  }
}
