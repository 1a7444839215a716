import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { fragments } from '../../src/wire/chunks.ts'

test('fragments are small, and joined they are the text, whatever it is', () => {
  assert(
    property(string({ unit: 'binary' }), (text) => {
      const pieces = fragments(text)
      expect(pieces.join('')).toBe(text)
      expect(pieces.every((piece) => piece.trim().length <= 12)).toBe(true)
      expect(pieces.every((piece) => !/^[\uDC00-\uDFFF]/.test(piece) || text.startsWith(piece))).toBe(true)
    }),
  )
})

test.each([
  ['Hello, world', ['Hello', ',', ' world']],
  ['{"city":"Oslo"}', ['{', '"', 'city', '"', ':', '"', 'Oslo', '"', '}']],
  ['12345678\n\n🙂', ['123456', '78', '\n\n', '🙂']],
])('%j', (text, pieces) => {
  expect(fragments(text)).toEqual(pieces)
})
