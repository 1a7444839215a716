// A list that a tool gave: how many rows, their sum where it is asked for, and the rows.
import { nameMatch } from '../fill/name-match.ts'
import { stemsOf } from '../language/words.ts'
import { type DoneCall, rowsIn } from '../plan/done-call.ts'
import type { JsonObject } from '../wire/json-object.ts'

const shown = 20

/** Counts the rows, adds up a column when a total is asked for, then tells each row. */
export function tellRows(question: string, call: DoneCall, subject: string): string {
  const rows = rowsIn(call.output)
  const plain =
    Array.isArray(call.output) && rows.length < call.output.length
      ? call.output.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)))
      : undefined
  const lines = plain ?? rows.map(tellRow)
  const sums = wantsSum(question) ? totals(question, rows) : []
  const noun = nounOf(call.name, lines.length)
  const head = [`${lines.length} ${noun}${subject}`, ...sums].join('; ')
  const rest = lines.length > shown ? [`- and ${lines.length - shown} more`] : []
  return [`${head}${lines.length > 0 ? ':' : '.'}`, ...lines.slice(0, shown).map((line) => `- ${line}`), ...rest].join(
    '\n',
  )
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

/** "total 103.00 in all", one for each currency. A column is only added up when the question names it or there is one that says money. */
function totals(question: string, rows: readonly JsonObject[]): readonly string[] {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((key) =>
    rows.every((row) => isAmount(row[key])),
  )
  const stems = stemsOf(question)
  const money = keys.filter((key) => stemsOf(key).some((one) => moneyWords.has(one)))
  const asked = keys.filter((key) => stemsOf(key).some((one) => stems.some((stem) => nameMatch([one], [stem]) > 0)))
  const key =
    money.find((one) => stemsOf(one).includes('total')) ??
    money.find((one) => asked.includes(one)) ??
    (money.length === 1 ? money[0] : asked.length === 1 ? asked[0] : undefined)
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

const moneyWords = new Set(stemsOf('total amount price cost sum value fee charge paid'))

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
  const noun = (
    words.length > 1 && /^(?:list|search|find|get|show|lookup|fetch|read|query)$/.test(words[0] ?? '')
      ? words.slice(1)
      : ['results']
  ).join(' ')
  if (count === 1) return noun.replace(/ies$/, 'y').replace(/(?<!s)s$/, '')
  return /s$/.test(noun) ? noun : `${noun}s`
}
