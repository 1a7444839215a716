/** For offline use: three questions with their SQL, played by a script. The rules of the offline model cannot write SQL. */

import { callsTool, says, scriptedModel, type Turn } from '@pawl/testing'
import type { Message, Model, ModelRequest } from 'pawl'
import type { Bar } from './bar-chart.ts'
import type { Table } from './query-tool.ts'

interface StockQuestion {
  readonly question: string
  /** gives a label and a value in each row; what was sent back brings in nothing */
  readonly sql: string
  readonly title: string
  readonly unit: string
  readonly says: (bars: readonly Bar[]) => string
}

export const stockQuestions: readonly StockQuestion[] = [
  {
    question: 'Which product categories bring in the most money?',
    sql: "SELECT p.category, ROUND(SUM(o.total), 2) AS turnover FROM orders o JOIN products p ON p.sku = o.sku WHERE o.status <> 'returned' GROUP BY p.category ORDER BY turnover DESC",
    title: 'Turnover by category',
    unit: 'EUR',
    says: (bars) => `Of ${bars.length} categories, ${first(bars)} brings in the most, ${last(bars)} the least.`,
  },
  {
    question: 'How did the turnover develop month by month?',
    sql: "SELECT substr(date, 1, 7) AS month, ROUND(SUM(total), 2) AS turnover FROM orders WHERE status <> 'returned' GROUP BY month ORDER BY month",
    title: 'Turnover by month',
    unit: 'EUR',
    says: (bars) => `Over ${bars.length} months it went from ${first(bars)} to ${last(bars)}.`,
  },
  {
    question: 'Which five customers have spent the most?',
    sql: "SELECT c.name, ROUND(SUM(o.total), 2) AS spent FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.status <> 'returned' GROUP BY c.id ORDER BY spent DESC LIMIT 5",
    title: 'Customers by spending',
    unit: 'EUR',
    says: (bars) => `${first(bars)} has spent the most; the fifth is ${last(bars)}.`,
  },
]

/** Answers the stock questions over the real tools; to any other it says what it knows. */
export function stockAnalyst(): Model {
  return scriptedModel(({ messages }: ModelRequest): Turn => {
    const asked = messages.findLastIndex(({ role }) => role === 'user')
    const stock = stockQuestions.find(({ question }) => question === messages[asked]?.content)
    if (!stock)
      return says(`Offline I know only these:\n${stockQuestions.map(({ question }) => `- ${question}`).join('\n')}`)
    const [result, chart] = messages.slice(asked + 1).filter(({ role }) => role === 'tool')
    if (!result) return callsTool('query', { sql: stock.sql })
    const bars = barsOf(result)
    const { title, unit } = stock
    return chart ? says(stock.says(bars)) : callsTool('bar_chart', { title, unit, bars })
  })
}

function barsOf({ content }: Message): Bar[] {
  const { rows }: Table = JSON.parse(String(content))
  return rows.map(([label, value]) => ({ label: String(label), value: Number(value) }))
}

function first(bars: readonly Bar[]): string {
  return told(bars[0])
}

function last(bars: readonly Bar[]): string {
  return told(bars.at(-1))
}

function told(bar: Bar | undefined): string {
  return bar ? `${bar.label} (${bar.value.toFixed(2)} EUR)` : 'nothing'
}
