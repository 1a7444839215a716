/** The head of an answer, and what it says of the body. https://www.rfc-editor.org/rfc/rfc9112#section-6.3 */

import { ProtocolError } from '../../errors/protocol-error.ts'

export interface ResponseHead {
  readonly status: number
  /** names in lower case and values by turns, in the order of the wire */
  readonly fields: readonly string[]
  /** bytes of the body, or how its end is told */
  readonly body: number | 'chunked' | 'until close'
  /** milliseconds for which the other side keeps the connection open for another request; 0 for none */
  readonly keptFor: number
}

const statusLine = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: |$)/
const badName = /[^!#$%&'*+\-.^_`|~0-9A-Za-z]|^$/
const badText = /[^\t\x20-\x7e\x80-\xff]/

/**
 * Strict, since whoever reads an end of an answer where the other side wrote none takes the next one for another's.
 * @param text without the empty line at its end
 * @throws ProtocolError `malformed`
 */
export function responseHead(text: string): ResponseHead {
  const lines = text.split('\r\n')
  const [start = ''] = lines
  const [, minor, digits] = statusLine.exec(start) ?? malformed('does not begin as HTTP/1.1 does')
  if (badText.test(start)) malformed('has control characters in its first line')
  const fields: string[] = []
  for (let at = 1; at < lines.length; at += 1) {
    const line = lines[at] as string
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(colon, 0))
    if (badName.test(name)) malformed('has a header without a name')
    if (badText.test(line)) malformed('has control characters in a header')
    fields.push(name.toLowerCase(), line.slice(colon + 1).trim())
  }
  const status = Number(digits)
  if (status === 101) malformed('changes to a protocol that nobody asked for')
  const frame = frameOf(fields, minor === '1')
  const body = status < 200 || status === 204 || status === 304 ? 0 : frame
  return { status, fields, body, keptFor: body === 'until close' ? 0 : keptFor(fields, minor === '1') }
}

/** The value of a header; several are joined by commas, as lists are. */
export function fieldOf(fields: readonly string[], name: string): string | undefined {
  let joined: string | undefined
  for (let at = 0; at < fields.length; at += 2) if (fields[at] === name) joined = join(joined, fields[at + 1] as string)
  return joined
}

/** Headers as a plain object. */
export function headersOf(fields: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {}
  for (let at = 0; at < fields.length; at += 2) {
    const name = fields[at] as string
    const before = Object.hasOwn(headers, name) ? headers[name] : undefined
    if (name !== '__proto__') headers[name] = join(before, fields[at + 1] as string)
  }
  return headers
}

function join(before: string | undefined, value: string): string {
  return before === undefined ? value : `${before}, ${value}`
}

function frameOf(fields: readonly string[], modern: boolean): ResponseHead['body'] {
  const coding = fieldOf(fields, 'transfer-encoding')
  const length = fieldOf(fields, 'content-length')
  if (coding !== undefined) {
    if (!modern || length !== undefined || coding.toLowerCase() !== 'chunked')
      malformed(`has a body whose end is told in a way that cannot be trusted`)
    return 'chunked'
  }
  if (length === undefined) return 'until close'
  if (!/^\d{1,15}$/.test(length)) malformed('has a content-length that is no number')
  return Number(length)
}

/** Up to a second less than the other side says: a request that is under way when it closes would be lost. */
function keptFor(fields: readonly string[], modern: boolean): number {
  const connection = fieldOf(fields, 'connection')
  const words = connection?.toLowerCase().split(/[ \t]*,[ \t]*/) ?? []
  if (words.includes('close') || !(modern || words.includes('keep-alive'))) return 0
  const seconds = /\btimeout=(\d+)/i.exec(fieldOf(fields, 'keep-alive') ?? '')?.[1]
  return seconds === undefined ? Infinity : 1000 * Math.max(Number(seconds) - 1, Number(seconds) / 2)
}

function malformed(what: string): never {
  throw new ProtocolError('malformed', `The answer ${what}; is there an HTTP server at this address?`)
}
