/** The text of a request body: what is undefined is left out, what is fixed is not written again. */

import { RequestError } from './errors/request-error.ts'
import { isFixed, jsonText } from './fixed-json.ts'

const deepest = 512

/**
 * @param body what is sent; lists of messages and tools may be long and are joined from the texts of their items
 * @throws RequestError naming the field that is no JSON: NaN, a bigint, a function, a circle
 */
export function bodyText(body: Readonly<Record<string, unknown>>): string {
  const fields: string[] = []
  for (const key in body) {
    const value = body[key]
    if (value === undefined) continue
    fields.push(`${JSON.stringify(key)}:${Array.isArray(value) ? listText(value, key) : valueText(value, key)}`)
  }
  return `{${fields.join(',')}}`
}

function listText(list: readonly unknown[], path: string): string {
  let text = '['
  for (let at = 0; at < list.length; at += 1) text += (at === 0 ? '' : ',') + valueText(list[at], `${path}[${at}]`)
  return `${text}]`
}

function valueText(value: unknown, path: string): string {
  if (typeof value === 'object' && value !== null) {
    if (!isFixed(value)) check(value, path, 0)
    return jsonText(value)
  }
  check(value, path, 0)
  return typeof value === 'string' ? JSON.stringify(value.toWellFormed()) : JSON.stringify(value)
}

/** Refuses what JSON would lose or cannot say. */
function check(value: unknown, path: string, depth: number): void {
  switch (typeof value) {
    case 'number':
      if (!Number.isFinite(value)) throw new RequestError(path, `\`${path}\` is ${value}, which JSON cannot say.`)
      return
    case 'bigint':
    case 'function':
    case 'symbol':
      throw new RequestError(path, `\`${path}\` is a ${typeof value}, which JSON cannot say.`)
    case 'undefined':
      if (path.endsWith(']')) throw new RequestError(path, `\`${path}\` is undefined; lists have no holes.`)
      return
    case 'object':
      if (value === null) return
      if (depth > deepest) throw new RequestError(path.slice(0, 120), 'The body is nested too deep, or holds itself.')
      if (Array.isArray(value))
        for (let at = 0; at < value.length; at += 1) check(value[at], `${path}[${at}]`, depth + 1)
      else for (const key of Object.keys(value)) check(Reflect.get(value, key), `${path}.${key}`, depth + 1)
  }
}
