/** S02: patterns of foreign schemas. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compilePattern } from '../src/check/pattern.ts'

const { pattern } = fc.letrec<{ pattern: string }>((tie) => {
  const inner = tie('pattern')
  return {
    pattern: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(
        'a',
        'b',
        '.',
        '\\d',
        '\\w',
        '[ab]',
        '[^a]',
        '[a-c1]',
        '\\.',
        '^',
        '$',
        'é',
        '\\u0061',
        '[\\]a]',
        '\\p{L}',
      ),
      fc.array(inner, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
      fc.tuple(inner, inner).map(([a, b]) => `(${a}|${b})`),
      fc
        .tuple(inner, fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{2,}', '*?'))
        .map(([one, sign]) => `(?:${one})${sign}`),
    ),
  }
})
const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '.', ']', 'é', '\n', '😀'), maxLength: 8 })

test('a pattern finds what the built-in engine finds', () => {
  fc.assert(
    fc.property(pattern, fc.array(texts, { minLength: 1, maxLength: 5 }), (source, given) => {
      const compiled = compilePattern(source)
      const expected = new RegExp(source, 'u')
      for (const text of given)
        expect({ source, text, found: compiled?.test(text) }).toEqual({ source, text, found: expected.test(text) })
    }),
  )
})

test.each(['(?=a)', '(?!a)', '(?<=a)b', '(a)\\1', '\\bword', 'a{2001}', '(', '[', '*', '(a{1,30}){1,60}'])(
  '%s is left alone',
  (source) => {
    expect(compilePattern(source)).toBeUndefined()
  },
)

test.each([
  '^(a+)+$',
  '^(a|a)*$',
  '^(a|aa)+$',
  '(.*a){12}',
  '^([a-zA-Z0-9])(([-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}$',
  '(x+x+)+y',
  '^(\\w+\\s?)*$',
  '(a*)*b',
  '^(([a-z])+.)+[A-Z]([a-z])+$',
  '(.+)+(.+)+(.+)+z',
])('%s comes back on a text that hangs a backtracking engine', (source) => {
  const compiled = compilePattern(source)
  expect(compiled?.test(`${'a'.repeat(5_000)}!`)).toBe(source === '(.*a){12}')
  expect(compiled?.test(`${'x'.repeat(5_000)}!`)).toBe(false)
})
