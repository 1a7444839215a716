import { array, assert, constantFrom, property } from 'fast-check'
import { expect, test } from 'vitest'
import { between } from '../../src/language/between.ts'
import { portionsOf } from '../../src/language/portions.ts'

test('portions are the text, each standing where it says, with what has no end blanked', () => {
  const pieces = constantFrom('word ', 'longer words here\n', '\n', 'x'.repeat(150), '🙂 ', 'y'.repeat(99))
  assert(
    property(array(pieces, { maxLength: 400 }), (list) => {
      const text = list.join('')
      const portions = portionsOf(text)
      const plain = text.replace(/\S{100,}/g, (run) => ' '.repeat(run.length))
      expect(portions.map((portion) => portion.text).join('')).toBe(plain)
      for (const { text: portion, start } of portions) expect(plain.startsWith(portion, start)).toBe(true)
      expect(portions.every((portion) => portion.text.length > 0 && portion.text.length <= 2000)).toBe(true)
    }),
    { numRuns: 200 },
  )
})

test('what stands between two places is found as a filter would find it', () => {
  const all = [
    [0, 3],
    [4, 5],
    [4, 9],
    [6, 7],
    [10, 12],
  ].map(([start = 0, end = 0]) => ({ start, end }))
  for (let from = 0; from < 13; from++) {
    for (let to = from; to < 13; to++) {
      expect(between(all, from, to)).toEqual(all.filter((one) => one.start >= from && one.end <= to))
    }
  }
})
