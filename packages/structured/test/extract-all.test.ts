import type { ModelRequest } from '@pawl/client'
import { fails, says, scriptedModel, stalls } from '@pawl/testing'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ExtractAllOptions, extractAll } from '../src/index.ts'

const schema = z.object({ word: z.string() })
const asked = ({ messages }: ModelRequest) => String(messages[0]?.content)
const echo = () => scriptedModel((request) => says(JSON.stringify({ word: asked(request) })))
const turnOfTasks = () => new Promise((resolve) => setImmediate(resolve))

async function all<P>(work: AsyncIterable<P>): Promise<P[]> {
  const results: P[] = []
  for await (const one of work) results.push(one)
  return results
}

/** Documents that tell how many were read and whether the source was closed. */
function source(count: number) {
  const told = { read: 0, closed: false }
  async function* documents() {
    try {
      for (let at = 0; at < count; at++) {
        told.read++
        yield `d${at}`
      }
    } finally {
      told.closed = true
    }
  }
  return { told, documents: documents() }
}

test('gives a value for each document, in order, with usage and progress', async () => {
  const progress: number[][] = []
  const work = extractAll(echo(), { schema, documents: ['a', 'b', 'c'], onProgress: (...told) => progress.push(told) })
  expect(await all(work)).toEqual(['a', 'b', 'c'].map((word, index) => ({ index, value: { word } })))
  expect(progress).toEqual([
    [1, 0],
    [2, 0],
    [3, 0],
  ])
  expect(work.usage).toEqual({ prompt_tokens: 30, completion_tokens: 9, total_tokens: 39 })
})

test('a document that fails stops no other', async () => {
  const model = scriptedModel((request) => {
    if (asked(request) === 'b') return fails(new TypeError('odd'))
    return says(asked(request) === 'c' ? '{}' : '{"word":"fine"}')
  })
  const progress: number[][] = []
  const onProgress: ExtractAllOptions<typeof schema>['onProgress'] = (...told) => progress.push(told)
  const work = extractAll(model, { schema, documents: ['a', 'b', 'c', 'd'], repairs: 0, concurrency: 1, onProgress })
  expect(await all(work)).toEqual([
    { index: 0, value: { word: 'fine' } },
    { index: 1, error: expect.objectContaining({ code: 'pawl_error', cause: expect.any(TypeError) }) },
    { index: 2, error: expect.objectContaining({ code: 'structured_output' }) },
    { index: 3, value: { word: 'fine' } },
  ])
  expect(progress.at(-1)).toEqual([4, 2])
  expect(work.usage.prompt_tokens).toBe(30)
})

describe('back-pressure', () => {
  test('reads no further than concurrency and buffer ahead of the reader', async () => {
    const { told, documents } = source(100)
    const reader = extractAll(echo(), { schema, documents, concurrency: 3, buffer: 2 })[Symbol.asyncIterator]()
    expect(told.read).toBe(0)
    const ahead: number[] = []
    for (let taken = 1; taken <= 3; taken++) {
      await reader.next()
      await turnOfTasks()
      ahead.push(told.read - taken)
    }
    expect(ahead).toEqual([5, 5, 5])
    await reader.return?.()
    expect(told.closed).toBe(true)
  })

  test('asks about no more than `concurrency` at once, and a slow one holds back the order alone', async () => {
    const gates = Array.from({ length: 6 }, () => Promise.withResolvers<void>())
    let at = 0
    const model = scriptedModel(async (request) => {
      await gates[at++]?.promise
      return says(JSON.stringify({ word: asked(request) }))
    })
    const { documents } = source(6)
    const reading = all(extractAll(model, { schema, documents, concurrency: 2, buffer: 4 }))
    await turnOfTasks()
    expect(model.requests.length).toBe(2)
    for (const gate of gates.slice(1)) gate.resolve()
    await turnOfTasks()
    expect(model.requests.length).toBe(6)
    gates[0]?.resolve()
    expect((await reading).map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5])
  })
})

test('a source that throws ends it after the results of what it gave', async () => {
  async function* documents() {
    yield 'a'
    throw new Error('disk gone')
  }
  const reader = extractAll(echo(), { schema, documents: documents() })[Symbol.asyncIterator]()
  expect(await reader.next()).toEqual({ done: false, value: { index: 0, value: { word: 'a' } } })
  await expect(reader.next()).rejects.toThrow('disk gone')
})

test('the signal ends it although the source and the model are stuck', async () => {
  const control = new AbortController()
  async function* documents() {
    yield 'a'
    await new Promise(() => {})
  }
  const reading = all(
    extractAll(
      scriptedModel(() => stalls()),
      { schema, documents: documents(), signal: control.signal },
    ),
  )
  await turnOfTasks()
  control.abort()
  await expect(reading).rejects.toMatchObject({ code: 'aborted' })
})

test('leaving it aborts what is under way', async () => {
  const model = scriptedModel((request) => (asked(request) === 'a' ? says('{"word":"a"}') : stalls()))
  for await (const _ of extractAll(model, { schema, documents: ['a', 'b', 'c'] })) break
  expect(model.asked.map(({ options }) => options.signal?.aborted)).toEqual([true, true, true])
})

test('it is read once', () => {
  const work = extractAll(echo(), { schema, documents: [] })
  work[Symbol.asyncIterator]()
  expect(() => work[Symbol.asyncIterator]()).toThrow(expect.objectContaining({ code: 'already_read' }))
})
