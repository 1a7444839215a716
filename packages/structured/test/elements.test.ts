import { cutOff, says, scriptedModel } from '@pawl/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { extract } from '../src/index.ts'

const Line = z.object({
  n: z.number(),
  day: z.iso
    .date()
    .transform((day) => new Date(day))
    .optional(),
})
const Lines = z.array(Line)
const list = (...numbers: unknown[]) => JSON.stringify({ value: numbers.map((n) => ({ n, day: null })) })

async function taken<P>(work: AsyncIterable<P>): Promise<P[]> {
  const all: P[] = []
  for await (const one of work) all.push(one)
  return all
}

test('each element comes once, valid and in order, however the stream is cut', async () => {
  const element = fc.record({
    n: fc.double({ noNaN: true, noDefaultInfinity: true }),
    day: fc.constantFrom(null, '2026-01-02'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(element, { maxLength: 8 }), fc.integer({ min: 1, max: 60 }), async (wire, chunks) => {
      const work = extract(scriptedModel([says(JSON.stringify({ value: wire }), { chunks })]), {
        schema: Lines,
        prompt: 'x',
        elements: true,
      })
      const elements = await taken(work)
      expect(elements).toEqual((await work).value)
      expect(elements.length).toBe(wire.length)
    }),
  )
})

test('an element is there before the list is complete', async () => {
  const model = scriptedModel([says(list(1, 2), { chunks: [30] })])
  const work = extract(model, { schema: Lines, prompt: 'x', elements: true })
  for await (const line of work) {
    expect(line).toEqual({ n: 1 })
    expect(work.closed([1])).toBe(false)
    break
  }
})

test('after a broken element the repaired answer goes on, and nothing comes twice', async () => {
  const model = scriptedModel([says(list(1, 'two', 3)), says(list(1, 2, 3))])
  const work = extract(model, { schema: Lines, prompt: 'x', elements: true })
  expect(await taken(work)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
  expect((await work).attempts).toBe(2)
})

test('a broken element that is not repaired ends in an error, and nothing after it was handed out', async () => {
  const work = extract(
    scriptedModel(() => says(list(1, 'two', 3))),
    {
      schema: Lines,
      prompt: 'x',
      elements: true,
      repairs: 1,
    },
  )
  const elements: unknown[] = []
  const reading = (async () => {
    for await (const line of work) elements.push(line)
  })()
  await expect(reading).rejects.toMatchObject({ code: 'structured_output', issues: [{ path: [1, 'n'] }] })
  expect(elements).toEqual([{ n: 1 }])
})

test('a repaired answer that changes what was handed out is sent back', async () => {
  const model = scriptedModel([says(list(1, 'two')), says(list(7, 2)), says(list(1, 2))])
  const work = extract(model, { schema: Lines, prompt: 'x', elements: true })
  expect(await taken(work)).toEqual([{ n: 1 }, { n: 2 }])
  expect(model.requests[2]?.messages.at(-1)?.content).toContain('- [0]: was right before')
})

test('a list that is judged as a whole keeps its bounds', async () => {
  const schema = z
    .array(z.number())
    .min(2)
    .refine((all) => all[0] !== all[1])
  const work = extract(scriptedModel([says('{"value":[1,2,3]}')]), { schema, prompt: 'x', elements: true })
  expect(await taken(work)).toEqual([1, 2, 3])
})

test('a continued list gives the rest', async () => {
  const text = list(1, 2, 3)
  const model = scriptedModel([cutOff(says(text), { keep: 30 }), says(text.slice(30))])
  const work = extract(model, { schema: Lines, prompt: 'x', elements: true, continuations: 1 })
  expect(await taken(work)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
})

test('a schema that is no list is refused at once', () => {
  const options: any = { schema: Line, prompt: 'x', elements: true }
  expect(() => extract(scriptedModel([]), options)).toThrow('elements: true needs a list')
})
