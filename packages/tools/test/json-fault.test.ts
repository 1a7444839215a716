import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonFault } from '../src/arguments/json-fault.ts'
import { mendArguments } from '../src/arguments/mend-arguments.ts'

const pieces = fc.constantFrom(
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  'a',
  '\\',
  '\\u00e9',
  '1',
  '-',
  '.5',
  'e3',
  'true',
  'null',
  ' ',
  '\n',
  '0',
)
const texts = fc.oneof(
  fc.json(),
  fc.array(pieces, { maxLength: 12 }).map((list) => list.join('')),
  fc.string(),
)

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

test('a text has a fault exactly when JSON.parse refuses it', () => {
  fc.assert(
    fc.property(texts, (text) => (jsonFault(text) === undefined) === isJson(text)),
    { numRuns: 10_000 },
  )
})

test('what stands before a fault is fine: every prefix of valid JSON has its fault at its end, or in its last token', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (text, cut) => {
      const prefix = text.slice(0, cut % (text.length + 1))
      const fault = jsonFault(prefix)
      return fault === undefined || fault.at <= prefix.length
    }),
    { numRuns: 10_000 },
  )
})

test('valid JSON is never mended', () => {
  fc.assert(
    fc.property(fc.json(), (text) => mendArguments(text) === undefined),
    { numRuns: 10_000 },
  )
})

test('a trailing comma anywhere is taken out and nothing else changes', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify({ list: [value] })
      expect(JSON.parse(mendArguments(text.replace(/\]\}$/, ', ] ,\n}'))?.text ?? '')).toEqual(JSON.parse(text))
    }),
  )
})
