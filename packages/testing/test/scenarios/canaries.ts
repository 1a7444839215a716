/** Secrets that every scenario carries: they may reach the server, and no error may hold them. */

import { inspect } from 'node:util'
import type { CallOptions, ClientOptions } from '@pawl/client'

const canary = (name: string) => `canary-${name}-7f3a91c4`

export const canaries = {
  key: canary('key'),
  header: canary('header'),
  callHeader: canary('call-header'),
  query: canary('query'),
  user: canary('user'),
  password: canary('password'),
  prompt: canary('prompt'),
  payload: 'canary-payload',
}

/** @param url where the server is; a user and a password are put in */
export function secretClient(url: string): ClientOptions {
  const withUser = url.replace('://', `://${canaries.user}:${canaries.password}@`)
  return {
    apiKey: canaries.key,
    baseURL: withUser,
    headers: { 'x-secret': canaries.header },
    query: { sig: canaries.query },
  }
}

export const secretOptions: CallOptions = { headers: { 'x-secret-call': canaries.callHeader } }

/** The names of the secrets that this error shows somewhere: message, stack, cause, fields, JSON, inspect. */
export function leaks(error: unknown): string[] {
  const told = new Set<string>()
  const seen = new Set<unknown>()
  const visit = (value: unknown): void => {
    if (typeof value === 'string') told.add(value)
    if (typeof value !== 'object' || value === null || seen.has(value) || seen.size > 10_000) return
    seen.add(value)
    for (const key of Reflect.ownKeys(value)) {
      if (typeof key === 'string') told.add(key)
      visit((value as Record<string | symbol, unknown>)[key])
    }
  }
  visit(error)
  told.add(inspect(error, { depth: 12, showHidden: true }))
  told.add(String(error))
  told.add(JSON.stringify(error) ?? '')
  const all = [...told].join('\n')
  return Object.entries(canaries).flatMap(([name, secret]) => (all.includes(secret) ? [name] : []))
}
