/** Q04, Q05, Q06: partial JSON. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { JsonTextError, partialJson } from '../src/index.ts'
import { isRecord } from '../src/shape.ts'

const runs = { numRuns: 10_000 }

/** No backslash in a key: the `JSON.parse` of Node 24 reads the key "a\"" as "a\\" where it has read that at the same place before. */
const values = fc
  .jsonValue({ maxDepth: 4 })
  .filter((value) => !paths(value).some((path) => /__proto__|prototype|\\/.test(path.join())))
/** a text of a value, with and without white space and escapes */
const texts = fc.tuple(values, fc.constantFrom(undefined, 1, '\t'), fc.boolean()).map(([value, space, escaped]) => {
  const text = JSON.stringify(value, null, space)
  return escaped
    ? text.replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : text
})
/** a text and the pieces it arrives in */
const arrivals = fc
  .tuple(texts, fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 20 }))
  .map(([text, sizes]) => {
    const pieces: string[] = []
    for (let place = 0, turn = 0; place < text.length; turn++) {
      const size = Math.max(sizes[turn % sizes.length] ?? 1, turn < sizes.length ? 0 : 1)
      pieces.push(text.slice(place, place + size))
      place += size
    }
    return { text, pieces }
  })

describe('any text in any pieces', () => {
  test('ends in what JSON.parse makes of the whole', () => {
    fc.assert(
      fc.property(arrivals, ({ text, pieces }) => {
        const partial = partialJson()
        for (const piece of pieces) partial.push(piece)
        expect(partial.end()).toEqual(JSON.parse(text))
        expect(partial.done).toBe(true)
      }),
      runs,
    )
  })

  test('grows only: each state extends the one before, in the same tree', () => {
    fc.assert(
      fc.property(arrivals, ({ pieces }) => {
        const partial = partialJson()
        let before: unknown
        let tree: unknown
        for (const piece of pieces) {
          const value = partial.push(piece)
          if (before !== undefined && !extends_(before, value)) expect(value).toEqual(before)
          if (typeof tree === 'object' && tree !== null) expect(value).toBe(tree)
          tree = value
          before = value === undefined ? undefined : JSON.parse(JSON.stringify(value))
        }
      }),
    )
  })

  test('keeps what is closed', () => {
    fc.assert(
      fc.property(arrivals, fc.nat(), ({ text, pieces }, cut) => {
        const partial = partialJson()
        for (const piece of pieces.slice(0, cut % (pieces.length + 1))) partial.push(piece)
        const whole = JSON.parse(text)
        for (const path of paths(partial.value)) {
          if (partial.closed(path)) expect(at(partial.value, path)).toEqual(at(whole, path))
        }
      }),
    )
  })

  test('is refused where JSON.parse refuses the whole', () => {
    fc.assert(
      fc.property(
        texts,
        fc.nat(),
        fc.constantFrom(',', '}', ']', '"', ':', 'x', '0', '\\', '\n', ''),
        (text, place, character) => {
          const cut = place % (text.length + 1)
          const broken = text.slice(0, cut) + character + text.slice(cut + 1)
          expect(verdict(() => partialJsonOf(broken))).toEqual(verdict(() => JSON.parse(broken)))
        },
      ),
      runs,
    )
  })
})

function partialJsonOf(text: string): unknown {
  const partial = partialJson()
  for (const unit of text) partial.push(unit)
  return partial.end()
}

function verdict(parse: () => unknown): unknown {
  try {
    return { value: parse() }
  } catch {
    return 'refused'
  }
}

function extends_(before: unknown, after: unknown): boolean {
  if (typeof before === 'string') return typeof after === 'string' && after.startsWith(before)
  if (Array.isArray(before)) return Array.isArray(after) && before.every((item, index) => extends_(item, after[index]))
  if (isRecord(before))
    return (
      isRecord(after) &&
      Object.keys(before).every((key) => Object.hasOwn(after, key) && extends_(before[key], after[key]))
    )
  return before === after
}

function paths(value: unknown): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [[]]
  return [
    [],
    ...Object.entries(value).flatMap(([key, inner]) =>
      paths(inner).map((path) => [Array.isArray(value) ? Number(key) : key, ...path]),
    ),
  ]
}

function at(value: any, path: readonly (string | number)[]): unknown {
  return path.reduce((place, key) => place?.[key], value)
}

test.each<[string, string, unknown]>([
  ['nothing yet', '', undefined],
  ['white space', ' \n', undefined],
  ['an open string by prefix', '{"a":"he', { a: 'he' }],
  ['half an escape', '{"a":"x\\', { a: 'x' }],
  ['half a \\u escape', '{"a":"x\\u00e', { a: 'x' }],
  ['the first half of a surrogate pair', '{"a":"x\\ud83d', { a: 'x' }],
  ['both halves of a surrogate pair', '{"a":"x\\ud83d\\ude00', { a: 'x😀' }],
  ['half a key', '{"a":1,"bc', { a: 1 }],
  ['a key without a value', '{"a":1,"bc":', { a: 1 }],
  ['an open number', '{"a":12', {}],
  ['a number that ended', '{"a":12,', { a: 12 }],
  ['half a literal', '[true,fal', [true]],
  ['nested openings', '{"a":[{"b":[', { a: [{ b: [] }] }],
])('shows of %s what is certain', (_, text, expected) => {
  const partial = partialJson()
  partial.push(text)
  expect(partial.value).toEqual(expected)
  expect(partial.done).toBe(false)
})

test.each<[string, string, number]>([
  ['prose', 'Sure, here', 0],
  ['a fence', '```json', 0],
  ['a wrong end', '{"a":[1}', 7],
  ['text after the end', '{} {', 3],
  ['a single quote', "{'a'", 1],
  ['a trailing comma', '[1,]', 3],
  ['a wrong literal', '[nul]', 1],
  ['a leading zero', '[01]', 1],
  ['a raw line break in a string', '"a\nb"', 2],
  ['a wrong escape', '"\\x', 2],
  ['more than 128 levels', '['.repeat(129), 128],
  ['a prototype key', '{"__proto__":', 11],
  ['a prototype key in escapes', '{"\\u005f_proto__":', 16],
  ['the prototype of a constructor', '{"constructor":{"prototype":', 26],
])('refuses %s at its place, and everything after', (_, text, position) => {
  const partial = partialJson()
  const error = thrown(() => partial.push(text))
  expect(error).toBeInstanceOf(JsonTextError)
  expect(error).toMatchObject({ code: 'json_text_error', position })
  expect(thrown(() => partial.push('{}'))).toBe(error)
})

function thrown(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

test('128 levels are fine', () => {
  const text = '['.repeat(128) + ']'.repeat(128)
  expect(partialJsonOf(text)).toEqual(JSON.parse(text))
})

test('half a text is an error only when it is said to be over', () => {
  const partial = partialJson()
  partial.push('{"a":')
  expect(() => partial.end()).toThrow('Not JSON: the text ends too early at position 5')
})

test('a path is closed when it can no longer change', () => {
  const partial = partialJson()
  partial.push('{"a":{"x":1},"b":[1,"tw')
  const closed = (...path: (string | number)[]) => partial.closed(path)
  expect([closed('a'), closed('a', 'x'), closed('a', 'never'), closed('b', 0)]).toEqual([true, true, true, true])
  expect([closed(), closed('b'), closed('b', 1), closed('b', 2), closed('c')]).toEqual([
    false,
    false,
    false,
    false,
    false,
  ])
  partial.push('o"]}')
  expect([closed(), closed('b'), closed('b', 1), closed('c')]).toEqual([true, true, true, true])
})

test('a long text is neither parsed again nor kept in pieces', () => {
  const text = JSON.stringify({ text: 'The quick brown fox "jumps".\n'.repeat(20_000) })
  const partial = partialJson()
  for (let place = 0; place < text.length; place += 20) partial.push(text.slice(place, place + 20))
  expect(partial.value).toEqual(JSON.parse(text))
})
