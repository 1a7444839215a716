import { expect, test } from 'vitest'
import { mendJson } from '../src/read/mend-json.ts'

test.each([
  ['a fence that encloses all', '```json\n{"a":1}\n```', '{"a":1}'],
  ['a fence without a language', '```\n[1]\n```', '[1]'],
  ['prose around one object', 'Here it is: {"a":"}"}. Enjoy!', '{"a":"}"}'],
  ['prose around a fence', 'Sure:\n```json\n{"a":1}\n```\nDone.', '{"a":1}'],
  ['thinking in tags', '<think>{"a":2} or 1?</think>\n{"a":1}', '{"a":1}'],
  ['trailing commas', '{"a":[1,2, ],"b":",]",\n}', '{"a":[1,2 ],"b":",]"\n}'],
  ['escapes in strings', 'x {"a":"\\"}"} y', '{"a":"\\"}"}'],
])('%s is mended', (_, text, mended) => {
  expect(mendJson(text)).toBe(mended)
})

test.each([
  ['two objects', '{"a":1} or {"a":2}'],
  ['an object in a list in prose', 'These: [{"a":1}]'],
  ['a list in prose', 'I take number [1].'],
  ['an object and another bracket', '{"a":1} as in [2]'],
  ['an object that is not closed', 'So: {"a":1'],
  ['a bracket too many', '{"a":1}}'],
  ['no JSON', 'I do not know.'],
])('%s is left alone', (_, text) => {
  expect(mendJson(text)).toBeUndefined()
})

test.each([['[,]'], ['{,}'], ['[1,,]'], ["{'a':1}"]])('%s does not become JSON', (text) => {
  expect(() => JSON.parse(mendJson(text) ?? '')).toThrow()
})
