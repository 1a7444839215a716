/** What a server says of an error, whatever shape it chose. */

import { isObject } from '../is-object.ts'
export interface ServerFault {
  readonly message?: string | undefined
  readonly type?: string | undefined
  readonly param?: string | null | undefined
  readonly code?: string | null | undefined
}

/**
 * Reads the error out of a body: `{ error: { … } }`, a flat `{ object: 'error', … }`, or `error` as a bare text.
 * Undefined where there is none.
 */
export function serverFault(body: unknown): ServerFault | undefined {
  if (!isRecord(body)) return undefined
  const { error } = body
  if (typeof error === 'string' && error) return { message: error }
  if (isRecord(error)) return fault(error)
  if (body['object'] === 'error' || (typeof body['message'] === 'string' && !('choices' in body))) return fault(body)
  return undefined
}

/** A choice that ended with the reason `error`: the server says no more of it. */
export function finishFault(answer: { readonly choices?: unknown }): ServerFault | undefined {
  const { choices } = answer
  const broken = Array.isArray(choices) && choices.some((choice) => choice?.finish_reason === 'error')
  return broken ? { message: 'the finish reason is `error`', code: 'error' } : undefined
}

function fault({ message, type, param, code }: Record<string, unknown>): ServerFault {
  return { message: text(message), type: text(type), param: text(param), code: text(code) }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return isObject(value) && !Array.isArray(value)
}
