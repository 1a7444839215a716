import { expect, test } from 'vitest'
import { tellResults } from '../../src/reply/tell-results.ts'

const rows = [
  { id: 'A-1', total: 0.1, status: 'open', date: '2026-01-01' },
  { id: 'A-2', total: 0.2, status: 'open', date: '2026-02-01' },
  { id: 'A-3', total: 7, status: 'paid', date: '2026-01-15' },
]
const call = (output: unknown) => ({ name: 'list_bills', input: { customer_id: 'C-1' }, output, empty: false })
const head = (question: string, output: unknown = rows) => tellResults(question, [call(output)], []).split('\n')[0]

test.each([
  ['How many bills are there?', '3 bills for C-1:'],
  ['What is the total of the bills?', '3 bills for C-1; total in all 7.30:'],
  ['How many bills are paid?', '1 of 3 bills for C-1 with status paid:'],
  ['What do the open bills cost in total?', '2 of 3 bills for C-1 with status open; total in all 0.30:'],
  ['The latest bill', '1 of 3 bills for C-1, the latest date:'],
  ['The cheapest bill', '1 of 3 bills for C-1, the lowest total:'],
  ['Bills of last month', '3 bills for C-1:'],
])('%s', (question, expected) => {
  expect(head(question)).toBe(expected)
})

test('sums are told by currency, and not over a column that is not all numbers', () => {
  const mixed = [
    { amount: 5, currency: 'EUR' },
    { amount: 2, currency: 'USD' },
    { amount: 1, currency: 'EUR' },
  ]
  expect(head('the total?', mixed)).toBe('3 bills for C-1; amount in all 6 EUR; amount in all 2 USD:')
  expect(head('the total?', [{ amount: 5 }, { amount: 'unknown' }])).toBe('2 bills for C-1:')
})

test('plain items, one row and a long list are told', () => {
  expect(tellResults('', [call(['a', 'b'])], [])).toBe('2 bills for C-1:\n- a\n- b')
  expect(head('', [rows[0]])).toBe('1 bill for C-1:')
  const many = tellResults('', [call(Array.from({ length: 25 }, (_, id) => ({ id })))], []).split('\n')
  expect([many.length, many.at(-1)]).toEqual([22, '- and 5 more'])
})
