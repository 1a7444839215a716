import { ConnectionError, createClient, PawlError } from '@pawl/client'
import { callsTool, fails, says, scriptedModel, stalls } from '@pawl/testing'
import { describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { extract, extractAll } from '../src/index.ts'

const schema = z.object({ name: z.string(), price: z.number() })
const options = { schema, prompt: 'one lamp, 5' }
const text = '{"name":"lamp","price":5}'
const wrong = '{"name":"lamp"}'
const broken = () => new ConnectionError('It closed the connection.', { reason: 'reset' })
const used = { prompt_tokens: 10, completion_tokens: 4, total_tokens: 14 }

async function failureOf(work: PromiseLike<unknown>): Promise<PawlError> {
  return await work.then(
    () => expect.unreachable('it must fail'),
    (error) => error,
  )
}

/** Its stream stops in the middle, with the first keys shown. */
const beginning = { turn: says(text, { chunks: 8 }), chunks: 3 }

describe('what had come of the value is on the error', () => {
  test('when the signal fires', async () => {
    const control = new AbortController()
    const work = extract(scriptedModel([stalls({ after: beginning })]), { ...options, signal: control.signal })
    const reading = async () => {
      for await (const { name } of work) if (name === 'lamp') control.abort()
    }
    const error = await failureOf(reading())
    expect(error).toMatchObject({ code: 'aborted', partial: { name: 'lamp' } })
    expect(await failureOf(work)).toBe(error)
  })

  test('when the iteration is left', async () => {
    const work = extract(scriptedModel([stalls({ after: beginning })]), options)
    for await (const { name } of work) if (name === 'lamp') break
    expect(await failureOf(work)).toMatchObject({ code: 'aborted', partial: { name: 'lamp' } })
  })

  test('when the model fails', async () => {
    const failure = broken()
    const model = scriptedModel([fails(failure, { after: beginning })])
    expect(await failureOf(Array.fromAsync(extract(model, options)))).toBe(failure)
    expect(failure.partial).toEqual({ name: 'lamp' })
  })

  test('when a call breaks off', async () => {
    const turn = callsTool('answer', { name: 'lamp', price: 5 }, { chunks: 8 })
    const model = scriptedModel([stalls({ after: { turn, chunks: 4 } })])
    const work = extract(model, { ...options, mode: 'tool' })
    for await (const { name } of work) if (name === 'lamp') break
    expect(await failureOf(work)).toMatchObject({ code: 'aborted', partial: { name: 'lamp' } })
  })

  test('when a stream of the client is cut', async () => {
    const chunk = { id: 'c', choices: [{ index: 0, delta: { content: '{"name":"lamp",' }, finish_reason: null }] }
    const body = `data: ${JSON.stringify(chunk)}\n\n`
    const fetch = async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    const model = createClient({ baseURL: 'http://model.test/v1', apiKey: 'k', fetch, maxRetries: 0 }).model('m')
    const error = await failureOf(Array.fromAsync(extract(model, options)))
    expect(error).toMatchObject({ code: 'protocol_error', reason: 'truncated', partial: { name: 'lamp' } })
  })

  test('when a continuation fails', async () => {
    const model = scriptedModel([says('{"name":"lamp",', { finish: 'length' }), fails(broken())])
    const error = await failureOf(extract(model, { ...options, continuations: 1 }))
    expect(error.partial).toEqual({ name: 'lamp' })
  })

  test.each(['awaited', 'iterated'])('when the signal fires while a repair is asked for, %s', async (way) => {
    const control = new AbortController()
    const model = scriptedModel([says(wrong), stalls()])
    const work = extract(model, { ...options, signal: control.signal })
    const failing = failureOf(way === 'awaited' ? work : Array.fromAsync(work))
    await vi.waitUntil(() => model.requests.length === 2)
    control.abort()
    expect(await failing).toMatchObject({ code: 'aborted', partial: { name: 'lamp' }, usage: used })
  })

  test.each([
    ['a wrong answer', [says(wrong)]],
    ['a wrong answer and an empty one', [says(wrong), says('')]],
    ['a wrong answer and one without a value', [says(wrong), says('Here you are.')]],
  ])('when what follows %s fails', async (_, turns) => {
    const error = await failureOf(extract(scriptedModel([...turns, fails(broken())]), { ...options, repairs: 5 }))
    expect(error.partial).toEqual({ name: 'lamp' })
  })

  test('when a repair breaks off: of the repair, which begins anew', async () => {
    const turn = says('{"price":5,"name":"lamp"}', { chunks: 8 })
    const model = scriptedModel([says(wrong), stalls({ after: { turn, chunks: 4 } })])
    const work = extract(model, options)
    for await (const { price } of work) if (price === 5) break
    expect(await failureOf(work)).toMatchObject({ code: 'aborted', partial: { price: 5 }, usage: used })
  })

  test('when the iteration is left at an element that only the whole list can judge', async () => {
    const list = z.array(z.number()).refine((all) => all.length === 2)
    const work = extract(scriptedModel([says('{"value":[1,2]}')]), { ...options, schema: list, elements: true })
    for await (const _ of work) break
    expect(await failureOf(work)).toMatchObject({ code: 'aborted', partial: [1, 2], usage: used })
  })
})

describe('the usage of the answers before is on the error', () => {
  test.each(['awaited', 'iterated'])('when a repair fails, %s', async (way) => {
    const failure = new PawlError('No server.')
    const work = extract(scriptedModel([says(wrong), fails(failure)]), options)
    const error = await failureOf(way === 'awaited' ? work : Array.fromAsync(work))
    expect(error).toBe(failure)
    expect(error.usage).toEqual(used)
  })

  test('with that of the answer that broke off, where it was told', async () => {
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 }
    const partial = { id: 'c', object: 'chat.completion', created: 1, model: 'm', choices: [], usage }
    const failure = new PawlError('Cut.', { partial })
    const error = await failureOf(extract(scriptedModel([says(wrong), fails(failure)]), options))
    expect(error.usage).toEqual({ prompt_tokens: 11, completion_tokens: 6, total_tokens: 17 })
  })

  test('and counts among many documents', async () => {
    const model = scriptedModel([says(text), says(wrong), fails(new PawlError('No server.'))])
    const all = extractAll(model, { schema, documents: ['a', 'b'], concurrency: 1 })
    for await (const _ of all);
    expect(all.usage).toEqual({ prompt_tokens: 20, completion_tokens: 11, total_tokens: 31 })
  })
})

test("errors that are not Pawl's stay as they are", async () => {
  const failure = new Error('mine')
  const error = await failureOf(extract(scriptedModel([says(wrong), fails(failure)]), options))
  expect(error).toBe(failure)
  expect(Object.keys(error)).toEqual([])
})
