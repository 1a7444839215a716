/** S01: no key from outside reaches a prototype. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { JsonTextError, parseJson, partialJson, type Schema, wireSchema } from '../src/index.ts'

test('JSON is parsed as JSON.parse does', () => {
  fc.assert(
    fc.property(
      fc.json().filter((text) => !/__proto__|prototype/.test(text)),
      (text) => {
        expect(parseJson(text)).toEqual(JSON.parse(text))
      },
    ),
    { numRuns: 10_000 },
  )
})

test.each<[string, string, string, number | undefined]>([
  ['nothing', '', 'Not JSON: the text ends too early at position 0', 0],
  ['half a text', '{"a":', 'Not JSON: the text ends too early at position 5', 5],
  ['prose', 'Sure!', 'Not JSON: expected value, found "S" at position 0', 0],
  ['a prototype key', '{"a":[{"__proto__":{}}]}', 'The key "__proto__" is not allowed', undefined],
  ['a prototype key in escapes', '{"__pr\\u006fto__":{}}', 'The key "__proto__" is not allowed', undefined],
  [
    'the prototype of a constructor',
    '{"constructor":{"prototype":{}}}',
    'The key "prototype" in "constructor" is not allowed',
    undefined,
  ],
])('%s is refused', (_, text, message, position) => {
  expect(() => parseJson(text)).toThrow(
    expect.objectContaining({ name: 'JsonTextError', message, position, code: 'json_text_error' }),
  )
})

test.each(['{"constructor":"Lego"}', '{"text":"__proto__ and constructor.prototype"}', '{"prototype":1}'])(
  '%s is harmless',
  (text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text))
  },
)

describe('hostile objects', () => {
  const hostileKeys = fc.constantFrom(
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'a',
    'key',
    'value',
    'other_properties',
  )
  const { hostile } = fc.letrec<{ hostile: string }>((tie) => ({
    hostile: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('1', 'null', '"__proto__"', '{"polluted":true}'),
      fc.array(tie('hostile'), { maxLength: 2 }).map((items) => `[${items.join()}]`),
      fc
        .array(fc.tuple(hostileKeys, tie('hostile')), { maxLength: 3 })
        .map((pairs) => `{${pairs.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join()}}`),
      tie('hostile').map((value) => `[{"key":"__proto__","value":${value}}]`),
    ),
  }))
  const schemas: readonly Schema[] = [
    z.looseObject({ a: z.unknown() }),
    z.record(z.string(), z.looseObject({})),
    z.object({ a: z.record(z.string(), z.unknown()).optional() }),
    { type: 'object', properties: { a: { type: 'object', additionalProperties: {} } }, additionalProperties: {} },
    { type: 'object', additionalProperties: { type: 'object', additionalProperties: true } },
  ]
  const wires = schemas.flatMap((schema) => [wireSchema(schema), wireSchema(schema, { strict: false })])

  test('leave every prototype as it was, at every entry', () => {
    const before = [Object.prototype, Array.prototype].map((prototype) => Reflect.ownKeys(prototype).length)
    fc.assert(
      fc.property(hostile, (text) => {
        for (const read of [
          parseJson,
          pushed,
          ...wires.map((wire) => (given: string) => decoded(wire.decode(JSON.parse(given)))),
        ]) {
          const value = unlessRefused(() => read(text))
          expect((value as { polluted?: unknown } | undefined)?.polluted ?? ownPolluted(value)).toBe(ownPolluted(value))
          expect(prototypeOf(value)).toBe(true)
        }
        expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
        expect([Object.prototype, Array.prototype].map((prototype) => Reflect.ownKeys(prototype).length)).toEqual(
          before,
        )
      }),
    )
  })

  function pushed(text: string): unknown {
    const partial = partialJson()
    partial.push(text)
    return partial.end()
  }

  function decoded(result: ReturnType<(typeof wires)[number]['decode']>): unknown {
    return result.ok ? result.value : undefined
  }

  function unlessRefused(read: () => unknown): unknown {
    try {
      return read()
    } catch (error) {
      expect(error).toBeInstanceOf(JsonTextError)
      return undefined
    }
  }

  function ownPolluted(value: unknown): unknown {
    return typeof value === 'object' && value !== null && Object.hasOwn(value, 'polluted')
      ? Reflect.get(value, 'polluted')
      : undefined
  }

  /** Every object in the value has the prototype that a literal has. */
  function prototypeOf(value: unknown): boolean {
    if (typeof value !== 'object' || value === null) return true
    const prototype = Object.getPrototypeOf(value)
    return [Object.prototype, Array.prototype, null].includes(prototype) && Object.values(value).every(prototypeOf)
  }
})
