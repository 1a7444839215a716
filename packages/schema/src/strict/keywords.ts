/** Which narrowing keywords a strict server accepts, and how the others are told in words. */

import type { Json, JsonSchema } from '../schema.ts'
import type { Keywords, Notes } from '../shape.ts'

/** `minLength` and `maxLength` are refused by some deployments, so they go into words too. */
const accepted: Readonly<Record<string, readonly string[]>> = {
  string: ['pattern', 'format'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  array: ['minItems', 'maxItems'],
}

export const acceptedFormats: readonly string[] = [
  'date-time',
  'time',
  'date',
  'duration',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uuid',
]

/** Splits keywords into those that stay and sentences for those that do not; the schema still enforces both. */
export function strictKeywords(
  type: string,
  keywords: Keywords,
): { readonly kept: Keywords; readonly told: readonly string[] } {
  const kept: Record<string, Json> = {}
  const told: string[] = []
  const allowed = accepted[type === 'integer' ? 'number' : type] ?? []
  const format = keywords['format']
  const known = typeof format === 'string' && acceptedFormats.includes(format)
  for (const [keyword, value] of Object.entries(keywords)) {
    // a known format says what its pattern says, at a tenth of the length
    if (keyword === 'pattern' && known) continue
    if (allowed.includes(keyword) && isAccepted(keyword, value)) kept[keyword] = value
    else told.push(inWords(keyword, value))
  }
  return { kept, told }
}

function isAccepted(keyword: string, value: Json): boolean {
  if (keyword === 'format') return typeof value === 'string' && acceptedFormats.includes(value)
  // look-around and back references are outside the subset
  return keyword !== 'pattern' || (typeof value === 'string' && !/\(\?[=!<]|\\[1-9k]/.test(value))
}

function inWords(keyword: string, value: Json): string {
  switch (keyword) {
    case 'minLength':
      return `At least ${String(value)} characters.`
    case 'maxLength':
      return `At most ${String(value)} characters.`
    case 'minItems':
      return `At least ${String(value)} items.`
    case 'maxItems':
      return `At most ${String(value)} items.`
    case 'uniqueItems':
      return 'No item twice.'
    case 'pattern':
      return `Matches ${cut(`/${String(value)}/`)}.`
    case 'format':
      return `Format: ${String(value)}.`
    default:
      return `${keyword}: ${cut(JSON.stringify(value))}.`
  }
}

function cut(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}

/** The notes of a shape as annotations of the wire. */
export function annotations(notes: Notes | undefined, told: readonly string[]): JsonSchema {
  const sentences = [notes?.description, ...told, ...(notes?.remarks ?? [])].filter(
    (sentence) => sentence !== undefined,
  )
  if (notes?.default !== undefined) sentences.push(`Default: ${cut(JSON.stringify(notes.default))}.`)
  const description = sentences.reduce((text, sentence) => (text === '' ? sentence : `${ended(text)} ${sentence}`), '')
  return {
    ...(notes?.title === undefined ? {} : { title: notes.title }),
    ...(description === '' ? {} : { description }),
  }
}

function ended(text: string): string {
  return /[.!?:;]\s*$/.test(text) ? text : `${text}.`
}
