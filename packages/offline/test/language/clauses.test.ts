import { expect, test } from 'vitest'
import { clausesOf } from '../../src/language/clauses.ts'

test.each([
  ['What is in stock of P-104 and P-201?', ['question What is in stock of P-104 and P-201?']],
  ['Turn up the heating and switch off the lights.', ['command Turn up the heating', 'command switch off the lights.']],
  [
    'How many orders are there, and what did they cost?',
    ['question How many orders are there', 'question what did they cost?'],
  ],
  ['T-88 is solved, you can close it.', ['statement T-88 is solved', 'command you can close it.']],
  ['Find Ada, then write to her.', ['command Find Ada', 'command write to her.']],
  ['Send "Hello. And then?" to a@b.co and log it', ['command Send "Hello. And then?" to a@b.co', 'command log it']],
  ['Order status of 17', ['statement Order status of 17']],
  ['Find Ada and email her', ['command Find Ada', 'command email her']],
  ['Email ada@example.org', ['command Email ada@example.org']],
  ['Order a pizza', ['command Order a pizza']],
  ['I want to fly to Lisbon', ['command I want to fly to Lisbon']],
  ['Pay 3.50 to Dr. Who', ['command Pay 3.50 to Dr. Who']],
  ['  ', []],
])('%s', (text, clauses) => {
  expect(clausesOf(text).map((clause) => `${clause.type} ${clause.text}`)).toEqual(clauses)
})

test('each clause stands where it says', () => {
  const text = 'Please find Ada; then, after that, do not write to her!'
  for (const clause of clausesOf(text)) expect(text.slice(clause.start, clause.end)).toBe(clause.text)
})

test('"then", "do not" and "her" are marked', () => {
  const [first, second] = clausesOf('Find Ada, then do not write to her')
  expect([first?.later, first?.negated, first?.leaning]).toEqual([false, false, false])
  expect([second?.later, second?.negated, second?.leaning]).toEqual([true, true, true])
})

test('a verb of a tool is a command, though no table knows it', () => {
  expect(clausesOf('Escalate T-88', new Set(['escalat']))[0]).toMatchObject({
    type: 'command',
    verbs: new Set(['other']),
  })
  expect(clausesOf('Escalate T-88')[0]?.type).toBe('statement')
})

test.each([
  ['Give me the total', 'read'],
  ['Give the customer 20 euros back', 'refund'],
  ['Put B-3 aside for Ada', 'reserve'],
  ['Call the meeting off', 'cancel'],
  ['Send 50 euros to Ada', 'pay'],
])('%s asks for %s', (text, verb) => {
  expect([...(clausesOf(text)[0]?.verbs ?? [])]).toEqual([verb])
})

test.each([
  ['If it rains, delete EV-1.', [true, true]],
  ['Delete EV-1 unless it rains.', [true]],
  ['Check if P-104 is in stock.', [false]],
  ['Delete EV-1. Write if you can.', [false, true]],
  ['Say "if only" to Bo', [false]],
])('%s: conditional %j', (text, conditional) => {
  expect(clausesOf(text).map((clause) => clause.conditional)).toEqual(conditional)
})
