import { createClient, inflowOf, iteratorOf } from '@pawl/client'
import { describe, expect, test } from 'vitest'
import { inflow } from '../src/inflow.ts'

/** What arrives together is a list of its own; an error ends it. */
function arriving<T extends object>(...arrivals: (readonly T[] | Error)[]) {
  const here: T[] = []
  const left: string[] = []
  const source = inflow(() => here.shift(), {
    async more() {
      const next = arrivals.shift()
      if (next instanceof Error) throw next
      here.push(...(next ?? []))
      return next !== undefined
    },
    leave: () => void left.push('left'),
  })
  return { ...source, left }
}

const [a, b, c] = [{ name: 'a' }, { name: 'b' }, { name: 'c' }]

describe('the iterator of an inflow', () => {
  test('gives what arrived together and what comes later, one by one', async () => {
    const iterator = iteratorOf(arriving([a, b], [], [c]))
    expect(await Array.fromAsync({ [Symbol.asyncIterator]: () => iterator })).toEqual([a, b, c])
  })

  test('answers calls that come while one waits in their order', async () => {
    const iterator = iteratorOf(arriving([a], [b, c]))
    const steps = await Promise.all([iterator.next(), iterator.next(), iterator.next(), iterator.next()])
    expect(steps.map(({ value }) => value)).toEqual([a, b, c, undefined])
  })

  test('tells an error once, after what had come before it', async () => {
    const iterator = iteratorOf(arriving([a], new Error('broken')))
    expect(await iterator.next()).toEqual({ done: false, value: a })
    await expect(iterator.next()).rejects.toThrow('broken')
    expect(await iterator.next()).toEqual({ done: true, value: undefined })
  })

  test('leaves when it is left', async () => {
    const source = arriving([a, b])
    for await (const _ of { [Symbol.asyncIterator]: () => iteratorOf(source) }) break
    expect(source.left).toEqual(['left'])
  })
})

describe('read as an inflow', () => {
  test('chunks that no client made come one at a time, and are told when nothing more is wanted', async () => {
    let closed = false
    async function* chunks() {
      try {
        yield a
        yield b
      } finally {
        closed = true
      }
    }
    const { here, more, leave } = inflowOf(chunks())
    expect([...here]).toEqual([])
    expect(await more()).toBe(true)
    expect([...here]).toEqual([a])
    await leave()
    expect(closed).toBe(true)
    expect(await more()).toBe(false)
  })

  test("a client's stream gives without waiting what one read of the socket brought", async () => {
    const { here, more } = inflowOf(model.stream(request))
    expect(await more()).toBe(true)
    expect([...here].map(({ choices }) => choices[0]?.delta.content)).toEqual(['Hel', 'lo'])
    expect(await more()).toBe(false)
  })

  test('it is the one reading of the stream', () => {
    const chunks = model.stream(request)
    inflowOf(chunks)
    expect(() => chunks[Symbol.asyncIterator]()).toThrow(expect.objectContaining({ code: 'already_read' }))
  })
})

const chunk = (content: string, finish_reason: string | null = null) => ({
  id: 'c1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm',
  choices: [{ index: 0, delta: { content }, finish_reason }],
})

const body = [chunk('Hel'), chunk('lo', 'stop')].map((each) => `data: ${JSON.stringify(each)}\n\n`).join('')

const model = createClient({
  baseURL: 'http://model.test/v1',
  apiKey: 'k',
  fetch: async () => new Response(`${body}data: [DONE]\n\n`, { headers: { 'content-type': 'text/event-stream' } }),
}).model('m')

const request = { messages: [{ role: 'user' as const, content: 'Hi' }] }
