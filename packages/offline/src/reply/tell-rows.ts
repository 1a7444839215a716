// A list that a tool gave: how many rows, their sum where it is asked for, and the rows.

import { nameMatch } from '../fill/name-match.ts'
import { stemsOf } from '../language/words.ts'
import { type DoneCall, rowsIn } from '../plan/done-call.ts'
import type { JsonObject } from '../wire/json-object.ts'
import { selectRows } from './select-rows.ts'

const shown = 20

/** Counts the rows, adds up a column when a total is asked for, then tells each row. */
export function tellRows(question: string, call: DoneCall, subject: string): string {
  const all = rowsIn(call.output)
  const { rows, how } = selectRows(question, all)
  const texts = textsOf(call.output)
  const lines = texts ?? rows.map(tellRow)
  const sums = wantsSum(question) ? totals(question, rows) : []
  const count = how === '' ? `${lines.length}` : `${lines.length} of ${all.length}`
  const noun = nounOf(call.name, how === '' ? lines.length : all.length)
  const head = [`${count} ${noun}${subject}${how}`, ...sums].join('; ')
  const rest = lines.length > shown ? [`- and ${lines.length - shown} more`] : []
  return [`${head}${lines.length > 0 ? ':' : '.'}`, ...lines.slice(0, shown).map((line) => `- ${line}`), ...rest].join(
    '\n',
  )
}

/** The items of a plain list, when they are no objects. */
function textsOf(output: unknown): readonly string[] | undefined {
  if (!Array.isArray(output) || rowsIn(output).length === output.length) return undefined
  return output.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)))
}

function tellRow(row: JsonObject): string {
  return Object.entries(row)
    .filter(([, value]) => value !== null && value !== '')
    .map(([key, value]) => `${key.replaceAll('_', ' ')} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')
}

function wantsSum(question: string): boolean {
  return /\b(?:total|altogether|in all|sum|overall|how much)\b|\badd(?:ed)? up\b/i.test(question)
}

const moneyWords = new Set(stemsOf('total amount price cost sum value fee charge paid'))

/** "total in all 103.00", once for each currency. A column is added up when it is the total, or the only one that can be meant. */
function totals(question: string, rows: readonly JsonObject[]): readonly string[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const stems = stemsOf(question)
  const named = (key: string) => stemsOf(key).some((one) => stems.some((stem) => nameMatch([one], [stem]) > 0))
  const money = names.filter(
    (key) => rows.every((row) => isAmount(row[key])) && stemsOf(key).some((one) => moneyWords.has(one)),
  )
  const asked = money.filter(named)
  const key = money.find((one) => stemsOf(one).includes('total')) ?? only(asked) ?? only(money)
  if (key === undefined) return []
  const groups = new Map<string, number[]>()
  for (const row of rows) {
    const currency = typeof row['currency'] === 'string' ? row['currency'] : ''
    groups.set(currency, [...(groups.get(currency) ?? []), Number(row[key])])
  }
  return [...groups].map(
    ([currency, values]) => `${key.replaceAll('_', ' ')} in all ${sum(values)}${currency && ` ${currency}`}`,
  )
}

function only<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined
}

function isAmount(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value))
}

/** With as many decimals as the values have, two at least when they have any: no binary dust. */
function sum(values: readonly number[]): string {
  const decimals = Math.max(...values.map((value) => String(value).split('.')[1]?.length ?? 0))
  return values.reduce((total, value) => total + value, 0).toFixed(decimals === 0 ? 0 : Math.max(2, decimals))
}

/** "orders" of `list_orders`; "order" when there is one. */
function nounOf(name: string, count: number): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[_-]/)
  const listing = words.length > 1 && /^(?:list|search|find|get|show|lookup|fetch|read|query)$/.test(words[0] ?? '')
  const noun = listing ? words.slice(1).join(' ') : 'results'
  if (count === 1) return noun.replace(/ies$/, 'y').replace(/(?<!s)s$/, '')
  return /s$/.test(noun) ? noun : `${noun}s`
}
