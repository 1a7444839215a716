import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type OfflineServer, offlineModelId, offlineServer } from '../src/index.ts'
import { offer, today } from './ask.ts'

let server: OfflineServer
beforeAll(async () => {
  server = await offlineServer({ quiet: true, bodyLimit: 100_000, now: () => today })
})
afterAll(() => server.close())

const hello = { model: offlineModelId, messages: [{ role: 'user', content: 'Hello' }] }
const weather = offer('get_weather', 'Weather of a city', { city: { type: 'string' } })

function post(body: unknown, path = '/chat/completions'): Promise<Response> {
  return fetch(server.url + path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) })
}

async function chunksOf(body: object) {
  const response = await post({ ...body, stream: true })
  const events = (await response.text()).split('\n\n')
  return {
    response,
    events,
    chunks: events.filter((event) => event.startsWith('data: {')).map((event) => JSON.parse(event.slice(6))),
  }
}

const schema = JSON.parse(readFileSync(new URL('fixtures/completion.schema.json', import.meta.url), 'utf8'))
const ajv = new Ajv2020({ strict: false, validateFormats: false }).addSchema(schema, 'api')
function faults(name: string, value: unknown) {
  const validate = ajv.getSchema(`api#/$defs/${name}`)
  return validate?.(value) === true ? [] : validate?.errors
}

describe('a plain completion', () => {
  test('keeps to the published schema', async () => {
    for (const extra of [
      {},
      { tools: [weather], messages: [{ role: 'user', content: 'Weather in Oslo?' }] },
      { n: 3 },
    ]) {
      const response = await post({ ...hello, ...extra })
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json'])
      expect(faults('CreateChatCompletionResponse', await response.json())).toEqual([])
    }
  })

  test('is the same for the same request, ids included', async () => {
    const bodies = await Promise.all([post(hello), post(hello)].map(async (response) => (await response).text()))
    expect(bodies[0]).toBe(bodies[1])
    expect(JSON.parse(bodies[0] ?? '')).toMatchObject({ created: today.getTime() / 1000, model: offlineModelId })
  })

  test('counts four characters as a token, and four tokens more for each message', async () => {
    const { usage, choices } = (await (await post(hello)).json()) as {
      usage: object
      choices: { message: { content: string } }[]
    }
    const said = Math.ceil((choices[0]?.message.content.length ?? 0) / 4)
    expect(usage).toEqual({ prompt_tokens: 6, completion_tokens: said, total_tokens: 6 + said })
  })

  test('ends at `max_completion_tokens` with `length`, and before a stop sequence with `stop`', async () => {
    const cut = (await (await post({ ...hello, max_completion_tokens: 2 })).json()) as { choices: object[] }
    expect(cut.choices[0]).toMatchObject({ message: { content: 'I am a s' }, finish_reason: 'length' })
    const stopped = (await (await post({ ...hello, stop: ' a set' })).json()) as { choices: object[] }
    expect(stopped.choices[0]).toMatchObject({ message: { content: 'I am' }, finish_reason: 'stop' })
  })
})

describe('a stream', () => {
  test('gives a role, small fragments, a finish reason, usage and [DONE], each as one data event', async () => {
    const { response, events, chunks } = await chunksOf({ ...hello, stream_options: { include_usage: true } })
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(events.slice(-2)).toEqual(['data: [DONE]', ''])
    expect(events.slice(0, -1).every((event) => /^data: [^\n]+$/.test(event))).toBe(true)
    for (const chunk of chunks) expect(faults('CreateChatCompletionStreamResponse', chunk)).toEqual([])
    const plain = (await (await post(hello)).json()) as { usage: object; choices: { message: { content: string } }[] }
    const deltas = chunks.flatMap((chunk) => chunk.choices.map((choice: { delta: object }) => choice.delta))
    expect(deltas[0]).toEqual({ role: 'assistant', content: '', refusal: null })
    expect(deltas.map((delta) => delta.content ?? '').join('')).toBe(plain.choices[0]?.message.content)
    expect(Math.max(...deltas.map((delta) => delta.content?.length ?? 0))).toBeLessThanOrEqual(7)
    expect(chunks.at(-2).choices[0]).toMatchObject({ delta: {}, finish_reason: 'stop' })
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: plain.usage })
    expect(chunks.slice(0, -1).every((chunk) => chunk.usage === null)).toBe(true)
  })

  test('without `include_usage` has no usage at all', async () => {
    const { chunks } = await chunksOf(hello)
    expect(chunks.some((chunk) => 'usage' in chunk)).toBe(false)
  })

  test('gives each call a header and then its arguments in pieces', async () => {
    const messages = [{ role: 'user', content: 'What is the weather in Oslo and Bergen?' }]
    const { chunks } = await chunksOf({ ...hello, messages, tools: [weather] })
    const deltas = chunks.flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? [])
    const headers = deltas.filter((delta) => delta.id)
    expect(headers.map((delta) => [delta.index, delta.type, delta.function])).toEqual([
      [0, 'function', { name: 'get_weather', arguments: '' }],
      [1, 'function', { name: 'get_weather', arguments: '' }],
    ])
    const text = (index: number) =>
      deltas
        .filter((delta) => delta.index === index)
        .map((delta) => delta.function.arguments)
        .join('')
    expect([text(0), text(1)]).toEqual(['{"city":"Oslo"}', '{"city":"Bergen"}'])
    expect(deltas.filter((delta) => delta.index === 0).length).toBeGreaterThan(3)
    expect(chunks.at(-1).choices[0].finish_reason).toBe('tool_calls')
  })

  test('that nobody reads to its end does not hold the server up', async () => {
    const slow = await offlineServer({ quiet: true, pace: 20 })
    const gone = new AbortController()
    const response = await fetch(`${slow.url}/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({ ...hello, stream: true }),
      signal: gone.signal,
    })
    await response.body?.getReader().read()
    gone.abort()
    const next = await fetch(`${slow.url}/models`)
    expect(next.status).toBe(200)
    await slow.close()
  })
})

describe('errors', () => {
  test.each([
    ['POST', '/chat/completions', '{', 400, null],
    ['POST', '/chat/completions', '[]', 400, null],
    ['POST', '/chat/completions', '{}', 400, 'model'],
    ['POST', '/chat/completions', JSON.stringify({ ...hello, model: 'gpt-5' }), 404, 'model'],
    ['POST', '/completions', '{}', 404, null],
    ['GET', '/chat/completions', undefined, 405, null],
    ['GET', '/models/gpt-5', undefined, 404, 'model'],
    ['DELETE', '/models', undefined, 405, null],
    ['POST', '/chat/completions', ' '.repeat(100_001), 413, null],
  ])('%s %s %.20s is answered with %i', async (method, path, body, status, param) => {
    const response = await fetch(server.url + path, { method, ...(body !== undefined && { body }) })
    const error = (await response.json()) as { error: { param: unknown; type: unknown } }
    expect([response.status, error.error.param, error.error.type]).toEqual([status, param, 'invalid_request_error'])
    expect(faults('ErrorResponse', error)).toEqual([])
  })

  test('a client that leaves in the middle of its body harms nobody', async () => {
    const socket = connect(server.port, '127.0.0.1')
    await new Promise((resolve) => socket.on('connect', resolve))
    socket.write('POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"mod')
    socket.destroy()
    expect((await post(hello)).status).toBe(200)
  })
})

describe('the server', () => {
  test('lists its one model', async () => {
    const list = (await (await fetch(`${server.url}/models`)).json()) as object
    expect(list).toEqual({
      object: 'list',
      data: [{ id: offlineModelId, object: 'model', created: 0, owned_by: 'pawl' }],
    })
    expect(await (await fetch(`${server.url}/models/${offlineModelId}`)).json()).toMatchObject({ id: offlineModelId })
  })

  test('says in one line on stderr that rules answer, unless it is to be quiet', async () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const loud = await offlineServer()
    const said = write.mock.calls.map(([text]) => String(text))
    write.mockRestore()
    expect(said).toEqual([
      `pawl-offline-rules: rules answer at ${loud.url}, not a language model; they match words and copy values.\n`,
    ])
    await loud.close()
  })

  test('closes with connections open, twice if asked, and frees its port', async () => {
    const first = await offlineServer({ quiet: true })
    await fetch(`${first.url}/models`)
    await Promise.all([first.close(), first.close()])
    const second = await offlineServer({ quiet: true, port: first.port })
    expect(second.url).toBe(first.url)
    await expect(offlineServer({ quiet: true, port: first.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await second.close()
  })
})
