/** Headers that a caller gives, of a client or of one call. */

import { RequestError } from '../errors/request-error.ts'

/** One spelling of each name; what is undefined is left out. */
export function lowerCased(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  const given = Object.entries(headers).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), value]))
}

/** @throws RequestError where one would not stay a line of its own; it names the header, since its value may be a secret */
export function checkHeaders(headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (/[^!#$%&'*+\-.^_`|~0-9A-Za-z]|^$/.test(name))
      throw new RequestError('headers', `${JSON.stringify(name)} can be no name of a header.`)
    if (typeof value !== 'string' || /[^\t\x20-\x7e\x80-\xff]/.test(value))
      throw new RequestError('headers', `The header ${name} must be one line of Latin-1 text.`)
  }
}
