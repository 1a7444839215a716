import { expect, test } from 'vitest'
import { labelsOf } from '../../src/language/labels.ts'
import { areSynonyms } from '../../src/language/synonyms.ts'
import { stem, stemsOf } from '../../src/language/words.ts'

test.each([
  ['orders', 'order'],
  ['ordered', 'order'],
  ['cities', 'city'],
  ['refunding', 'refund'],
  ['boxes', 'box'],
  ['stopped', 'stop'],
  ['mails', 'email'],
])('%s and %s have one stem', (one, other) => {
  expect(stem(one)).toBe(stem(other))
})

test('words of all spellings of a name are found', () => {
  expect(['customer_id', 'customerId', 'customer-id', 'Customer ID'].map((name) => stemsOf(name))).toEqual(
    Array(4).fill(['customer', 'id']),
  )
})

test('synonyms go both ways, and not from one group to the next', () => {
  expect([areSynonyms(stem('umbrella'), stem('weather')), areSynonyms(stem('weather'), stem('umbrella'))]).toEqual([
    true,
    true,
  ])
  expect(areSynonyms(stem('heating'), stem('umbrella'))).toBe(false)
})

test('labels are short and stand before a value', () => {
  const text =
    'Invoice no: 17\n- **Due date:** May 3\nsize = 4\nhttps://example.org\nAt 12:30 we met\nThis is a sentence that goes on and on: no label\nEmpty:\n'
  expect(labelsOf(text).map(({ label, value }) => [label, value])).toEqual([
    ['Invoice no', '17'],
    ['Due date', 'May 3'],
    ['size', '4'],
  ])
})
