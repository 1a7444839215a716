/** Values that JSON cannot hold, each in a described string form. */

import { type Coding, isRecord, type Scalar, type Shape, text } from '../shape.ts'

const described = (description: string, keywords = {}): Shape => ({
  kind: 'scalar',
  type: 'string',
  keywords,
  notes: { description },
})

export const date: Coding = {
  name: 'date',
  wire: { kind: 'scalar', type: 'string', keywords: { format: 'date-time' } },
  expects: 'an ISO 8601 date and time such as "2026-01-31T09:30:00Z"',
  is: (value) => value instanceof Date,
  decode(wire) {
    // Date also reads "1" and "May"; only what begins like an ISO date is taken for one
    if (typeof wire !== 'string' || !/^[+-]?\d{4,6}-\d\d/.test(wire)) return wire
    const value = new Date(wire)
    return Number.isNaN(value.getTime()) ? wire : value
  },
  encode: (value) => (value instanceof Date ? value.toISOString() : value),
}

export const bigint: Coding = {
  name: 'bigint',
  wire: described('A whole number of any size, in decimal digits.', { pattern: '^-?[0-9]+$' }),
  expects: 'a whole number as a string of digits such as "9007199254740993"',
  is: (value) => typeof value === 'bigint',
  decode(wire) {
    if (typeof wire === 'string' && /^-?\d{1,10000}$/.test(wire)) return BigInt(wire)
    return typeof wire === 'number' && Number.isSafeInteger(wire) ? BigInt(wire) : wire
  },
  encode: (value) => (typeof value === 'bigint' ? value.toString() : value),
}

/** Literals of which some are bigints: `z.literal([1n, 2n])`. */
export function bigintLiterals(values: readonly bigint[]): Coding {
  const texts: readonly Scalar[] = values.map(String)
  return { ...bigint, wire: { kind: 'literals', values: texts }, is: (value) => values.some((one) => one === value) }
}

export const url: Coding = {
  name: 'url',
  wire: described('An absolute URL.'),
  expects: 'an absolute URL such as "https://example.org/page"',
  is: (value) => value instanceof URL,
  decode: (wire) => (typeof wire === 'string' && URL.canParse(wire) ? new URL(wire) : wire),
  encode: (value) => (value instanceof URL ? value.href : value),
}

export const notANumber: Coding = {
  name: 'nan',
  wire: { kind: 'literals', values: ['NaN'] },
  expects: 'the string "NaN"',
  is: (value) => Number.isNaN(value),
  decode: (wire) => (wire === 'NaN' ? Number.NaN : wire),
  encode: (value) => (Number.isNaN(value) ? 'NaN' : value),
}

/** Any JSON value where the wire asks for a type: as JSON text. */
export const jsonText: Coding = {
  name: 'json',
  wire: described('Any JSON value, written as JSON text: "5" is the number, "\\"5\\"" the text.'),
  expects: 'JSON text',
  is: () => true,
  decode(wire) {
    if (typeof wire !== 'string') return wire
    try {
      return JSON.parse(wire, (key, value) => (key === '__proto__' ? undefined : value))
    } catch {
      return wire
    }
  },
  encode: (value) => JSON.stringify(value) ?? null,
}

export const file: Coding = {
  name: 'file',
  wire: {
    kind: 'object',
    keywords: {},
    fields: [
      { name: 'name', shape: text },
      { name: 'type', shape: { ...text, notes: { description: 'Media type.' } } },
      { name: 'base64', shape: { ...text, notes: { description: 'The content in base64.' } } },
    ],
  },
  expects: 'a file as { name, type, base64 }',
  is: (value) => typeof File === 'function' && value instanceof File,
  decode(wire) {
    if (!isRecord(wire) || typeof wire['base64'] !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/.test(wire['base64']))
      return wire
    const bytes = Uint8Array.from(atob(wire['base64']), (character) => character.charCodeAt(0))
    return new File([bytes], String(wire['name'] ?? 'file'), { type: String(wire['type'] ?? '') })
  },
  encode() {
    throw new TypeError('The content of a File can only be read asynchronously: write { name, type, base64 } instead.')
  },
}
