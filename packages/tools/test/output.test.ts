import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { capText, outputJson, outputText, tool, toolRegistry } from '../src/index.ts'
import { call } from './calls.ts'

const cycle: Record<string, unknown> = { name: 'loop' }
cycle['self'] = cycle

describe('a result is written by one rule', () => {
  test.each<[string, unknown, string]>([
    ['a text', 'plain', 'plain'],
    ['an empty text', '', '(empty text)'],
    ['nothing', undefined, 'done, no output'],
    ['a function', () => 1, 'done, no output'],
    ['null', null, 'null'],
    ['an empty list', [], '[]'],
    ['a big integer', { n: 2n ** 70n }, '{"n":"1180591620717411303424"}'],
    ['a date', new Date(0), '"1970-01-01T00:00:00.000Z"'],
    ['a date that is none', new Date(Number.NaN), '"invalid date"'],
    ['a map by texts', new Map([['a', 1]]), '{"a":1}'],
    ['a map by others', new Map([[1, 'a']]), '[[1,"a"]]'],
    ['a set', new Set([1, 2]), '[1,2]'],
    ['bytes', { data: new Uint8Array(1024) }, '{"data":"[1024 bytes]"}'],
    ['a buffer', Buffer.from('abc'), '"[3 bytes]"'],
    ['an error', new TypeError('no'), '{"error":"TypeError","message":"no"}'],
    ['a URL', new URL('https://example.com/a'), '"https://example.com/a"'],
    ['not a number', [Number.NaN, -Infinity], '["NaN","-Infinity"]'],
    ['gaps', [undefined, () => 1, { gone: undefined }], '[null,null,{}]'],
    ['a cycle', cycle, '{"name":"loop","self":"[circular]"}'],
    [
      'an instance',
      new (class {
        x = 1
      })(),
      '{"x":1}',
    ],
    ['a lone surrogate', 'a\ud800b', 'a\ufffdb'],
    ['a lone surrogate inside', ['\udc00'], '["\ufffd"]'],
  ])('%s', (_, value, text) => {
    expect(outputText(value)).toBe(text)
  })
})

test('a value that is small in memory and endless on paper is cut', () => {
  let doubled: unknown = 'x'
  for (let level = 0; level < 40; level += 1) doubled = [doubled, doubled]
  expect(outputText(doubled)).toContain('[left out]')
  expect(outputText(new Array(2 ** 31))).toContain('[left out]')
})

test('JSON comes back as it is', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.stringify(outputJson(value))).toBe(JSON.stringify(value))
    }),
  )
})

const illFormed = fc.oneof(
  fc.constantFrom('\ud800', 'a\udc00b', '\\ud800', '\\\\ud', '"', '\u{1f600}', '__proto__', 'toJSON', 'text'),
  fc.string({ unit: 'binary', maxLength: 4 }),
)

test('a message holds what its tool gave by the same rule, ill-formed texts and keys too', async () => {
  const anything = fc.anything({
    ...{ key: illFormed, values: [illFormed, fc.double(), fc.constant(undefined), fc.boolean()] },
    ...{ withDate: true, withMap: true, withSet: true, withBigInt: true, withSparseArray: true, maxDepth: 3 },
  })
  const parts = fc.array(fc.record({ type: fc.constant('text' as const), text: illFormed }), { minLength: 1 })
  await fc.assert(
    fc.asyncProperty(fc.oneof(anything, parts, illFormed), async (given) => {
      const acting = tool({ name: 'act', description: 'd', parameters: z.object({}), execute: () => given })
      const { message, value } = await toolRegistry([acting]).execute(call('act'))
      expect(JSON.stringify(value)).toBe(JSON.stringify(outputJson(given)))
      const { content } = message
      if (typeof content === 'string') expect(content).toBe(outputText(given))
      else expect(JSON.stringify(content)).toBe(outputText(given))
    }),
  )
})

test('what an application hangs on all objects stands in no result', () => {
  const hung = Object.prototype as { hung?: unknown }
  hung.hung = { deep: [1n] }
  try {
    expect(outputJson({ a: { b: 1n } })).toEqual(JSON.parse('{"a":{"b":"1"}}'))
    expect(Object.keys(outputJson({ a: 1 }) as object)).toEqual(['a'])
  } finally {
    delete hung.hung
  }
})

test('what is cut keeps head and tail, splits no character and stays near its limit', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 0, maxLength: 400 }),
      fc.integer({ min: 20, max: 400 }),
      (text, limit) => {
        const cut = capText(text, limit)
        if (Buffer.byteLength(text) <= limit) return cut === text
        const [head = '', , tail = ''] = cut.split(
          /\n(\[… \d+ of \d+ bytes were left out here; ask for a smaller part …\])\n/,
        )
        return (
          cut.isWellFormed() &&
          text.startsWith(head) &&
          text.endsWith(tail) &&
          Buffer.byteLength(head + tail) <= limit + 4
        )
      },
    ),
    { numRuns: 10_000 },
  )
})
