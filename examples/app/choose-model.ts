/** Which model the examples talk to: the one that is set up, else a local server, else the offline rules. */

import { type Client, createClient, type Model } from 'pawl'

export interface Chosen {
  readonly client: Client
  /** The model's name on that server. */
  readonly id: string
  readonly model: Model
  /** Who answers, for the line that is printed. */
  readonly name: string
  /** Stops the server of the offline rules; nothing for the others. */
  close(): Promise<void>
}

const localServers = [
  { name: 'Ollama', url: 'http://127.0.0.1:11434/v1' },
  { name: 'llama.cpp', url: 'http://127.0.0.1:8080/v1' },
  { name: 'vLLM', url: 'http://127.0.0.1:8000/v1' },
]

/**
 * The first of: `PAWL_BASE_URL` and `PAWL_MODEL`, `OPENAI_API_KEY` (with `OPENAI_BASE_URL`), a local server that lists
 * models (not with `PAWL_LOCAL=0`), the offline rules. What is set explicitly is taken; if it does not answer, the first
 * call fails, and nothing else is tried.
 */
export async function chooseModel(env: NodeJS.ProcessEnv = process.env): Promise<Chosen> {
  return explicit(env) ?? (env['PAWL_LOCAL'] === '0' ? undefined : await local(env)) ?? (await offline())
}

function explicit(env: NodeJS.ProcessEnv): Chosen | undefined {
  const { PAWL_BASE_URL: baseURL, PAWL_MODEL: wanted, OPENAI_API_KEY: apiKey } = env
  if (!baseURL && !wanted && !apiKey) return undefined
  const client = baseURL ? createClient({ baseURL, apiKey: apiKey || 'none' }) : createClient()
  const id = wanted || (baseURL ? 'default' : 'gpt-5-mini')
  return chosen(client, id, `${id} at ${baseURL || env['OPENAI_BASE_URL'] || 'OpenAI'}`)
}

/** A port that answers is no proof of a model: the list must name one. */
async function local(env: NodeJS.ProcessEnv): Promise<Chosen | undefined> {
  const found = await Promise.all(
    localServers.map(async ({ name, url }) => {
      const id = await firstModel(url)
      return id === undefined ? undefined : { name, url, id }
    }),
  )
  const server = found.find((each) => each !== undefined)
  if (!server) return undefined
  const client = createClient({ baseURL: server.url, apiKey: env['OPENAI_API_KEY'] || 'none' })
  return chosen(client, server.id, `${server.id} of the local ${server.name} server`)
}

async function firstModel(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${url}/models`, { signal: AbortSignal.timeout(300) })
    const list = (await response.json()) as { data?: { id?: string }[] }
    return response.ok ? list.data?.[0]?.id : undefined
  } catch {
    return undefined
  }
}

async function offline(): Promise<Chosen> {
  const { offlineModelId, offlineServer } = await import('@pawl/offline')
  const server = await offlineServer()
  const client = createClient({ baseURL: server.url, apiKey: 'offline' })
  return { ...chosen(client, offlineModelId, 'the offline rules'), close: () => server.close() }
}

function chosen(client: Client, id: string, name: string): Chosen {
  return { client, id, model: client.model(id), name, close: async () => {} }
}
