import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Json } from '@pawl/client'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tool } from '../src/define/tool.ts'
import { callDigest, callIdentity, canonicalJson, digest } from '../src/index.ts'

const json = () => fc.jsonValue({ stringUnit: 'binary' }) as fc.Arbitrary<Json>

test('a digest is the SHA-256 of the canonical text', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => {
      expect(digest(text)).toBe(createHash('sha256').update(JSON.stringify(text)).digest('hex'))
    }),
  )
})

test('canonical text is the value itself, whatever the order of its keys', () => {
  fc.assert(
    fc.property(json(), (value) => {
      const text = canonicalJson(value)
      expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(JSON.parse(canonicalJson(reversed(value)))))
      expect(canonicalJson(JSON.parse(text))).toBe(text)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

test('two values have one canonical text only when they are equal', () => {
  fc.assert(
    fc.property(json(), json(), (a, b) => {
      const equal = isDeepStrictEqual(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b)))
      return (canonicalJson(a) === canonicalJson(b)) === equal
    }),
    { numRuns: 10_000 },
  )
})

test('arguments that JSON cannot hold keep apart', () => {
  const texts = [new Map([['a', 1]]), new Map([['a', 2]]), new Set([1]), 12n, new Date(0), {}].map(canonicalJson)
  expect(texts).toEqual(['[["a",1]]', '[["a",2]]', '[1]', '"12"', '"1970-01-01T00:00:00.000Z"', '{}'])
})

test('an approval holds for one run, call, definition and text of arguments', () => {
  type Parts = Parameters<typeof callDigest>
  const base: Parts = ['run', 'call', 'hash', '{"a":1}']
  const changed: Parts[] = [
    ['ru', 'ncall', 'hash', '{"a":1}'],
    ['run', 'call"', 'hash', '{"a":1}'],
    ['run', 'call', 'hash2', '{"a":1}'],
    ['run', 'call', 'hash', '{"a":2}'],
  ]
  expect(new Set([base, ...changed].map((parts) => callDigest(...parts))).size).toBe(5)
  expect(callDigest(...base)).toBe(callDigest(...base))
})

test('a tool may say itself which calls are the same', () => {
  const options = { name: 'poll', description: 'd', parameters: { type: 'object' }, execute: () => 1 }
  expect(callIdentity(tool(options), { b: 1, a: 2 })).toBe('poll {"a":2,"b":1}')
  expect(callIdentity(tool({ ...options, identity: () => 'turn 7' }), {})).toBe('poll turn 7')
})

function reversed(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(reversed)
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  )
}
