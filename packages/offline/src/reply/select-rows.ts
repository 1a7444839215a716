// Which rows a question means: those with a value that it names, or the one at an end of a column.

import { stemsOf, wordsOf } from '../language/words.ts'
import type { JsonObject } from '../wire/json-object.ts'

/** The rows that are meant, and how they were chosen, as the end of a sentence; all rows and no words when nothing chooses. */
export function selectRows(
  question: string,
  rows: readonly JsonObject[],
): { readonly rows: readonly JsonObject[]; readonly how: string } {
  if (rows.length < 2) return { rows, how: '' }
  const named = byValue(question, rows)
  const among = named?.rows ?? rows
  const end = byEnd(question, among)
  return { rows: end?.rows ?? among, how: `${named?.how ?? ''}${end?.how ?? ''}` }
}

/** "The delivered ones": a word of the question is a value of a column that tells rows apart. */
function byValue(question: string, rows: readonly JsonObject[]) {
  const stems = new Set(wordsOf(question).map((word) => word.stem))
  for (const key of Object.keys(rows[0] ?? {})) {
    const values = new Set(rows.map((row) => row[key]).filter((value) => typeof value === 'string'))
    if (values.size < 2 || values.size > 6 || values.size === rows.length) continue
    const named = [...values].filter((value) => stemsOf(value).length === 1 && stems.has(stemsOf(value)[0] ?? ''))
    const [value] = named
    if (named.length === 1)
      return { rows: rows.filter((row) => row[key] === value), how: ` with ${key.replaceAll('_', ' ')} ${value}` }
  }
  return undefined
}

const ends = [
  {
    words: /\b(?:latest|newest|most recent|last(?! (?:week|month|year|night|\d)))\b/i,
    column: /date|time|created|_at$/i,
    sign: 1,
    says: 'latest',
  },
  { words: /\b(?:oldest|earliest|first)\b/i, column: /date|time|created|_at$/i, sign: -1, says: 'earliest' },
  {
    words: /\b(?:most expensive|dearest|highest|largest|biggest)\b/i,
    column: /price|total|cost|amount|value/i,
    sign: 1,
    says: 'highest',
  },
  {
    words: /\b(?:cheapest|lowest|smallest|least expensive)\b/i,
    column: /price|total|cost|amount|value/i,
    sign: -1,
    says: 'lowest',
  },
] as const

/** "The latest": the row at the end of the one column that can be meant; several rows when they tie. */
function byEnd(question: string, rows: readonly JsonObject[]) {
  const wanted = ends.find(({ words }) => words.test(question))
  const columns = Object.keys(rows[0] ?? {}).filter(
    (key) => wanted?.column.test(key) && rows.every((row) => comparable(row[key])),
  )
  const [key] = columns
  if (!wanted || columns.length !== 1 || key === undefined) return undefined
  const best = rows.map((row) => row[key]).reduce((one, other) => (order(other, one) * wanted.sign > 0 ? other : one))
  return { rows: rows.filter((row) => row[key] === best), how: `, the ${wanted.says} ${key.replaceAll('_', ' ')}` }
}

function comparable(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value))
}

function order(left: unknown, right: unknown): number {
  return typeof left === 'number' && typeof right === 'number' ? left - right : String(left) < String(right) ? -1 : 1
}
