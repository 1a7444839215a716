import { fails, says, scriptedModel, stalls } from '@pawl/testing'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { extract } from '../src/index.ts'

const schema = z.object({ a: z.string() })
const answer = says('{"a":"one two three"}')
const options = { schema, prompt: 'x' }

test('nothing is asked before it is awaited or iterated', async () => {
  const model = scriptedModel([answer])
  const work = extract(model, options)
  await Promise.resolve()
  expect(model.requests.length).toBe(0)
  await work
  expect(model.asked.map(({ streamed }) => streamed)).toEqual([false])
})

test('awaiting again asks nothing more', async () => {
  const model = scriptedModel([answer])
  const work = extract(model, options)
  expect(await work).toBe(await work)
})

test('iterated after it was awaited, it shows the whole value', async () => {
  const work = extract(scriptedModel([answer]), options)
  await work
  for await (const partial of work) expect(partial).toEqual({ a: 'one two three' })
})

test('a second iterator is an error', async () => {
  const work = extract(scriptedModel([answer]), options)
  work[Symbol.asyncIterator]()
  expect(() => work[Symbol.asyncIterator]()).toThrow(expect.objectContaining({ code: 'already_read' }))
})

test('awaited in the middle of an iteration, it reads on by itself', async () => {
  const work = extract(scriptedModel([answer]), options)
  const shown: unknown[] = []
  for await (const partial of work) {
    await work
    shown.push({ ...partial })
  }
  expect(shown.at(-1)).toEqual({ a: 'one two three' })
})

test('elements that arrive while nobody reads are kept', async () => {
  const work = extract(scriptedModel([says('{"value":[1,1,1]}')]), {
    schema: z.array(z.number()),
    prompt: 'x',
    elements: true,
  })
  const elements: number[] = []
  for await (const element of work) {
    await work
    elements.push(element)
  }
  expect(elements).toEqual([1, 1, 1])
})

test('leaving the iteration ends the call, and a later await says so', async () => {
  const model = scriptedModel([stalls({ after: { turn: answer, chunks: 3 } })])
  const work = extract(model, options)
  for await (const _ of work) break
  expect(model.asked[0]?.options.signal?.aborted).toBe(true)
  await expect(work).rejects.toMatchObject({ code: 'aborted' })
})

test.each(['awaited', 'iterated'])('the signal of the caller ends it, %s', async (way) => {
  const control = new AbortController()
  const work = extract(scriptedModel([stalls()]), { ...options, signal: control.signal })
  const ending = way === 'awaited' ? work.then() : work[Symbol.asyncIterator]().next()
  control.abort()
  await expect(ending).rejects.toMatchObject({ code: 'aborted' })
})

test('a failure of the iteration is told to the reader, once, and to whoever awaits later', async () => {
  const unhandled: unknown[] = []
  const listen = (error: unknown) => unhandled.push(error)
  process.on('unhandledRejection', listen)
  const error = new Error('no server')
  const work = extract(scriptedModel([fails(error)]), options)
  await expect(work[Symbol.asyncIterator]().next()).rejects.toBe(error)
  await new Promise((resolve) => setImmediate(resolve))
  expect(unhandled).toEqual([])
  await expect(work.catch((reason) => reason)).resolves.toBe(error)
  process.off('unhandledRejection', listen)
})
