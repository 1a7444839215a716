import fc from 'fast-check'
import { expect, test } from 'vitest'
import { partialJson } from '../../src/openai/partial-json.ts'

test.each([
  ['', undefined],
  ['  ', undefined],
  ['{', {}],
  ['{"ci', {}],
  ['{"city"', {}],
  ['{"city":', {}],
  ['{"city":"Os', { city: 'Os' }],
  ['{"city":"Os\\', { city: 'Os' }],
  ['{"city":"Os\\u00', { city: 'Os' }],
  ['{"city":"Oslo","cold":tr', { city: 'Oslo', cold: true }],
  ['{"city":"Oslo","degrees":-1', { city: 'Oslo' }],
  ['{"city":"Oslo","degrees":-1}', { city: 'Oslo', degrees: -1 }],
  ['[1, [2, {"a": nu', [1, [2, { a: null }]]],
  ['{"__proto__":{"x":1},"a":1}', { a: 1 }],
  ['No JSON', undefined],
  ['{"a" 1}', undefined],
  ['[1 2]', undefined],
])('%j says %j', (text, value) => {
  expect(partialJson(text)).toEqual(value)
})

test('every beginning of a JSON text is read, and the whole text is its value', () => {
  const json = fc.json().filter((text) => !text.includes('__proto__'))
  fc.assert(
    fc.property(json, fc.nat(), (text, cut) => {
      partialJson(text.slice(0, cut % (text.length + 1)))
      expect(partialJson(`[${text}]`)).toEqual([JSON.parse(text)])
    }),
  )
})
