import { expect, test } from 'vitest'
import { runCorpus } from '../corpus/corpus.ts'

test('no schema of the corpus is refused and no value of it is lost', () => {
  const results = runCorpus()
  expect(results.length).toBeGreaterThanOrEqual(150)
  expect(results.filter(({ accepted, lost }) => !accepted || lost > 0)).toEqual([])
})
