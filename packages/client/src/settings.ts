/** The options of a client, filled in from the environment and checked once. */

import { transportOf } from '#runtime'
import { RequestError } from './errors/request-error.ts'
import { type Compat, type Profile, profileFor } from './profiles/profiles.ts'
import { lowerCased } from './request/headers.ts'
import type { LimitOptions } from './send/limits.ts'
import type { Transport } from './transport/transport.ts'

/** Limits in milliseconds; what is left out has its default, Infinity is none. */
export interface Timeouts {
  /** until a connection stands; 10 s */
  connect?: number | undefined
  /** until the response headers: 120 s for a stream, 600 s for a plain completion */
  headers?: number | undefined
  /** until the first data event of a stream: 300 s */
  first?: number | undefined
  /** between data events: 60 s */
  idle?: number | undefined
  /** for the whole call with its retries: none */
  total?: number | undefined
}

/** A server, who asks it, and how patiently. */
export interface ClientOptions {
  /** `OPENAI_API_KEY` when left out; a function is asked before each request. */
  apiKey?: string | (() => string | Promise<string>) | undefined
  /** `OPENAI_BASE_URL`, then OpenAI's. A user and password in it are left out: the key says who asks. */
  baseURL?: string | undefined
  /** `OPENAI_ORG_ID` when left out. */
  organization?: string | undefined
  /** `OPENAI_PROJECT_ID` when left out. */
  project?: string | undefined
  headers?: Readonly<Record<string, string>> | undefined
  query?: Readonly<Record<string, string>> | undefined
  /** In place of the built-in transport: for a proxy, an edge runtime's own, or a fake. */
  fetch?: typeof globalThis.fetch | undefined
  /** A number is the total. */
  timeout?: number | Timeouts | undefined
  /** Between data events, and before the first one too. */
  idleTimeout?: number | undefined
  /** Attempts after the first; 2. */
  maxRetries?: number | undefined
  /** Shared by all clients of the process with the same server and key. */
  limits?: LimitOptions | undefined
  /** How the server differs; chosen by the base URL when left out. */
  compat?: Compat | undefined
  /** Bytes that one event of a stream may have; 64 MiB. */
  maxEventBytes?: number | undefined
  /** `'same-origin'` follows redirects that stay there; all others are errors. */
  redirect?: 'error' | 'same-origin' | undefined
}

export interface Settings {
  readonly baseURL: string
  readonly key: () => string | Promise<string>
  readonly headers: Readonly<Record<string, string>>
  readonly query: string
  readonly transport: Transport
  readonly timeouts: Timeouts
  readonly maxRetries: number
  readonly limits: LimitOptions | undefined
  readonly profile: Profile
  readonly maxEventBytes: number | undefined
}

/** @throws RequestError where the base URL is none or the key is missing */
export function settingsOf(options: ClientOptions): Settings {
  const env = environment()
  const url = URL.parse(options.baseURL ?? env['OPENAI_BASE_URL'] ?? 'https://api.openai.com/v1')
  if (!url || !/^https?:$/.test(url.protocol))
    throw new RequestError(
      'baseURL',
      'The base URL must be an http or https address, such as http://127.0.0.1:11434/v1.',
    )
  url.username = ''
  url.password = ''
  const baseURL = url.href.replace(/\/+$/, '')
  const apiKey = options.apiKey ?? env['OPENAI_API_KEY']
  const organization = options.organization ?? env['OPENAI_ORG_ID']
  const project = options.project ?? env['OPENAI_PROJECT_ID']
  return {
    baseURL,
    key: typeof apiKey === 'function' ? apiKey : () => apiKey ?? missingKey(),
    headers: {
      ...(organization && { 'openai-organization': organization }),
      ...(project && { 'openai-project': project }),
      ...lowerCased(options.headers),
    },
    query: new URLSearchParams(options.query).toString(),
    transport: transportOf(options.fetch, options.redirect === 'same-origin'),
    timeouts: timeoutsOf(options),
    maxRetries: options.maxRetries ?? 2,
    limits: options.limits,
    profile: profileFor(baseURL, options.compat),
    maxEventBytes: options.maxEventBytes,
  }
}

function timeoutsOf({ timeout, idleTimeout }: ClientOptions): Timeouts {
  const given = typeof timeout === 'number' ? { total: timeout } : (timeout ?? {})
  return idleTimeout === undefined ? given : { ...given, idle: idleTimeout, first: idleTimeout }
}

function missingKey(): never {
  throw new RequestError(
    'apiKey',
    'No API key: set OPENAI_API_KEY, or pass `apiKey` (any text for a server that asks for none).',
  )
}

function environment(): Record<string, string | undefined> {
  return typeof process === 'object' && process.env ? process.env : {}
}
