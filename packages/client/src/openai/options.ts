/** The options of the official package, and what they are here. */

import type { CallOptions, ClientOptions } from '../index.ts'

/** null takes a default away */
type HeaderFields = Readonly<Record<string, string | null | undefined>>

/** Options of `new OpenAI()`; unlike ours, null stands for what is left out. */
export interface OpenAIOptions {
  /** `OPENAI_API_KEY` when left out; a function is asked before each request */
  apiKey?: string | (() => string | Promise<string>) | null | undefined
  /** `OPENAI_ORG_ID` when left out */
  organization?: string | null | undefined
  /** `OPENAI_PROJECT_ID` when left out */
  project?: string | null | undefined
  /** `OPENAI_BASE_URL`, then OpenAI's, when left out */
  baseURL?: string | null | undefined
  /** milliseconds until the headers of each attempt; 600,000 when left out */
  timeout?: number | undefined
  /** 2 when left out */
  maxRetries?: number | undefined
  fetch?: typeof fetch | undefined
  /** given to `fetch` with every request */
  fetchOptions?: RequestInit | undefined
  defaultHeaders?: HeaderFields | undefined
  defaultQuery?: Readonly<Record<string, string | undefined>> | undefined
  /** without effect: there is no logger */
  logLevel?: 'off' | 'error' | 'warn' | 'info' | 'debug' | undefined
  /** without effect: there is no logger */
  logger?: object | undefined
  /** without effect: a browser is not refused */
  dangerouslyAllowBrowser?: boolean | undefined
}

/** Options of one call. */
export interface RequestOptions {
  headers?: HeaderFields | undefined
  maxRetries?: number | undefined
  /** milliseconds for the call with all its attempts; a stream that has begun is not bound by it */
  timeout?: number | undefined
  signal?: AbortSignal | null | undefined
  idempotencyKey?: string | undefined
}

/** Whatever the server, bodies go out as they are given: a program that knows the official package knows its server. */
const asGiven = {
  usageInStream: false,
  developerRole: true,
  maxTokensField: 'max_completion_tokens',
  reasoningSentBack: true,
} as const

/** @param options those of the official client */
export function clientOptions(options: OpenAIOptions): ClientOptions {
  const { apiKey, organization, project, baseURL, timeout = 600_000, maxRetries, fetchOptions } = options
  const given = options.fetch ?? (fetchOptions && globalThis.fetch)
  return {
    apiKey: apiKey ?? undefined,
    organization: organization ?? undefined,
    project: project ?? undefined,
    baseURL: baseURL ?? undefined,
    timeout: { headers: timeout },
    maxRetries,
    headers: present(options.defaultHeaders),
    query: present(options.defaultQuery),
    fetch: given && fetchOptions ? (input, init) => given(input, { ...fetchOptions, ...init }) : given,
    compat: asGiven,
  }
}

/** @param options those of one call */
export function callOptions({
  headers,
  maxRetries,
  timeout,
  signal,
  idempotencyKey,
}: RequestOptions = {}): CallOptions {
  return { headers: present(headers), maxRetries, timeout, signal: signal ?? undefined, idempotencyKey }
}

function present(fields: HeaderFields | undefined): Record<string, string> {
  const given = Object.entries(fields ?? {}).filter((field): field is [string, string] => typeof field[1] === 'string')
  return Object.fromEntries(given)
}
