import { says, scriptedModel } from '@pawl/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { extract } from '../src/index.ts'

const Report = z.object({
  title: z.string(),
  day: z.iso.date().transform((day) => new Date(day)),
  note: z.string().optional(),
  lines: z.array(z.object({ text: z.string(), n: z.number() })),
  counts: z.record(z.string(), z.number()),
})
const wire = {
  title: 'Year "one"',
  day: '2026-01-02',
  note: null,
  lines: [
    { text: 'a', n: 1 },
    { text: 'bé😀', n: 2 },
  ],
  counts: [{ key: 'x', value: 1 }],
}

/** Whether the later one only adds: strings by prefix, lists at their end, fields. */
function grows(before: unknown, after: unknown): boolean {
  if (typeof before === 'string') return typeof after === 'string' && after.startsWith(before)
  if (typeof before !== 'object' || before === null) return Object.is(before, after)
  if (typeof after !== 'object' || after === null) return false
  return Object.entries(before).every(
    ([key, value]) => Object.hasOwn(after, key) && grows(value, Reflect.get(after, key)),
  )
}

test('one object grows in place, however the stream is cut, and ends as the input of the schema', async () => {
  const text = JSON.stringify(wire)
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: text.length - 1 }), { maxLength: 40 })
  const around = fc.constantFrom(['', ''], ['```json\n', '\n```'], ['Here: ', ' as asked.'], ['<think>{</think>', ''])
  await fc.assert(
    fc.asyncProperty(cuts, around, async (at, [before = '', after = '']) => {
      const chunks = at.sort((a, b) => a - b)
      const work = extract(scriptedModel([says(before + text + after, { chunks })]), { schema: Report, prompt: 'x' })
      let last: unknown
      const objects = new Set<unknown>()
      for await (const partial of work) {
        objects.add(partial)
        if (last !== undefined) expect(grows(last, partial)).toBe(true)
        last = structuredClone(partial)
      }
      const { note: _, ...rest } = wire
      expect(last).toEqual({ ...rest, counts: { x: 1 } })
      expect(objects.size).toBe(1)
      expect((await work).value.day).toEqual(new Date('2026-01-02'))
    }),
  )
})

test('closed tells what can change no more', async () => {
  const chunks = JSON.stringify(wire).indexOf('"lines"') + 30
  const work = extract(scriptedModel([says(JSON.stringify(wire), { chunks })]), { schema: Report, prompt: 'x' })
  const told: unknown[] = []
  for await (const _ of work) {
    told.push([work.closed(['title']), work.closed(['lines', 0]), work.closed(['lines'])])
    break
  }
  expect(told).toEqual([[true, true, false]])
})

test('a list at the root is shown without its envelope', async () => {
  const model = scriptedModel([says('{"value":["a","b"]}', { chunks: 100 })])
  for await (const partial of extract(model, { schema: z.array(z.string()), prompt: 'x' })) {
    expect(partial).toEqual(['a', 'b'])
  }
})
