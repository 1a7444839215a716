import { describe, expect, test } from 'vitest'
import {
  chat,
  completionStream,
  completionStreamFrom,
  createClient,
  profileOf,
  type StreamEvent,
} from '../src/index.ts'
import { chunk, completion, sendEvents, sendJson, serve } from './server.ts'

const messages = [{ role: 'user' as const, content: 'Do I need a coat?' }]
const body = { model: 'm', messages }
const usage = { prompt_tokens: 5, completion_tokens: 4, total_tokens: 9 }
const chunks = [
  chunk({ role: 'assistant', content: '' }),
  chunk({ content: 'Take' }),
  chunk({ content: ' a coat.' }),
  chunk({}, 'stop'),
  chunk({}, null, { choices: [], usage }),
]
const whole = completion('Take a coat.', { usage })

describe.each([
  ['sockets', {}],
  ['fetch', { fetch: globalThis.fetch }],
])('over %s', (_, transport) => {
  const open = (url: string, more: object = {}) =>
    createClient({ baseURL: url, apiKey: 'k', maxRetries: 0, ...transport, ...more })

  test('create gives the completion as sent', async () => {
    await using server = await serve((__, response) => sendJson(response, { ...whole, odd: 1 }))
    expect(await open(server.url).chat.completions.create({ ...body, seed: undefined, temperature: 1 })).toEqual({
      ...whole,
      odd: 1,
    })
    expect(server.seen).toMatchObject([
      { method: 'POST', url: '/v1/chat/completions', headers: { authorization: 'Bearer k' } },
    ])
    expect(server.seen[0]?.body).toEqual({ ...body, temperature: 1 })
  })

  test('withResponse tells of the answer and the attempts before it', async () => {
    await using server = await serve((__, response, number) =>
      number === 1
        ? sendJson(response, {}, 500, { 'retry-after-ms': '1' })
        : sendJson(response, whole, 200, {
            'x-request-id': 'r',
            'x-ratelimit-remaining-tokens': '7',
            'x-ratelimit-reset-tokens': '1m2s',
          }),
    )
    const { data, response } = await open(server.url).chat.completions.create(body, { maxRetries: 1 }).withResponse()
    expect(data).toEqual(whole)
    expect(response).toMatchObject({
      status: 200,
      requestId: 'r',
      rateLimits: { tokens: { remaining: 7, reset: 62_000 } },
    })
    expect(response.attempts).toMatchObject([{ number: 1, error: { code: 'api_error', status: 500 } }])
  })

  test('an error tells the id of the request, what the server said, and what to change', async () => {
    const error = {
      message: 'Unsupported parameter.',
      type: 'invalid_request_error',
      param: 'max_tokens',
      code: 'unsupported_parameter',
    }
    await using server = await serve((__, response) => sendJson(response, { error }, 400, { 'x-request-id': 'r' }))
    await expect(open(server.url).chat.completions.create(body)).rejects.toMatchObject({
      code: 'api_error',
      status: 400,
      requestId: 'r',
      server: error,
      message: expect.stringContaining('Send `max_completion_tokens`'),
      attempts: { length: 1 },
    })
  })

  test('streamRaw gives the chunks as sent, and asks for usage', async () => {
    await using server = await serve((__, response) => sendEvents(response, chunks))
    const read = await Array.fromAsync(open(server.url).chat.completions.streamRaw(body))
    expect(read).toEqual(chunks)
    expect(server.seen[0]?.body).toEqual({ ...body, stream: true, stream_options: { include_usage: true } })
  })

  test('create with stream: true is a promise of the chunks', async () => {
    await using server = await serve((__, response) => sendEvents(response, chunks))
    const { data, response } = await open(server.url)
      .chat.completions.create({ ...body, stream: true })
      .withResponse()
    expect(await Array.fromAsync(data)).toEqual(chunks)
    expect(response.requestId).toBe('req_1')
  })

  test('stream gives events with snapshots, then final values', async () => {
    await using server = await serve((__, response) => sendEvents(response, chunks))
    const stream = open(server.url).chat.completions.stream(body)
    const events = (await Array.fromAsync(stream)).filter(({ type }) => type !== 'chunk')
    expect(events).toEqual([
      { type: 'content.delta', delta: 'Take', snapshot: 'Take' },
      { type: 'content.delta', delta: ' a coat.', snapshot: 'Take a coat.' },
      { type: 'content.done', content: 'Take a coat.' },
      { type: 'usage', usage },
    ])
    expect(await stream.finalCompletion()).toEqual(whole)
    expect([await stream.finalText(), await stream.finalUsage()]).toEqual(['Take a coat.', usage])
  })

  test('a stream without readers asks nothing', async () => {
    await using server = await serve((__, response) => sendEvents(response, chunks))
    open(server.url).chat.completions.stream(body)
    open(server.url).chat.completions.streamRaw(body)
    await open(server.url)
      .models.list()
      .catch(() => {})
    expect(server.seen.map(({ url }) => url)).toEqual(['/v1/models'])
  })

  test('streams one after another keep their connections', async () => {
    await using server = await serve((__, response) => sendEvents(response, chunks))
    const { completions } = open(server.url).chat
    for (let turn = 0; turn < 8; turn += 1) for await (const _ of completions.streamRaw(body));
    // A stream ends at `[DONE]`, a moment before its connection is free.
    expect(new Set(server.seen.map(({ port }) => port)).size).toBeLessThanOrEqual(2)
  })

  test('stored completions: list, retrieve, update, delete, messages', async () => {
    await using server = await serve(({ method, url }, response) => {
      if (method === 'DELETE')
        return sendJson(response, { id: 'a/b', object: 'chat.completion.deleted', deleted: true })
      if (url.includes('messages'))
        return sendJson(response, { data: [{ id: 'm1', role: 'user', content: 'x' }], has_more: false })
      if (method === 'GET' && !url.includes('a%2Fb'))
        return sendJson(response, {
          data: [{ ...whole, id: url.includes('after') ? '2' : '1' }],
          has_more: !url.includes('after'),
        })
      sendJson(response, whole)
    })
    const { completions } = open(server.url).chat
    expect((await Array.fromAsync(completions.list({ limit: 1, metadata: { k: 'v' } }))).map(({ id }) => id)).toEqual([
      '1',
      '2',
    ])
    expect(await completions.retrieve('a/b')).toEqual(whole)
    expect(await completions.update('a/b', { metadata: { k: 'v' } })).toEqual(whole)
    expect((await completions.delete('a/b')).deleted).toBe(true)
    expect(await Array.fromAsync(completions.messages.list('x'))).toMatchObject([{ id: 'm1' }])
    expect(server.seen.map(({ method, url }) => `${method} ${decodeURI(url)}`)).toEqual([
      'GET /v1/chat/completions?limit=1&metadata[k]=v',
      'GET /v1/chat/completions?limit=1&after=1&metadata[k]=v',
      'GET /v1/chat/completions/a%2Fb',
      'POST /v1/chat/completions/a%2Fb',
      'DELETE /v1/chat/completions/a%2Fb',
      'GET /v1/chat/completions/x/messages',
    ])
  })

  test('options become headers, query and body', async () => {
    await using server = await serve((__, response) => sendJson(response, whole))
    const client = open(server.url, {
      apiKey: async () => 'late',
      organization: 'o',
      project: 'p',
      headers: { 'X-A': '1' },
      query: { 'api-version': '2' },
    })
    await client.chat.completions.create(body, {
      headers: { 'X-B': '2' },
      idempotencyKey: 'i',
      extraBody: { top_k: 5 },
    })
    expect(server.seen).toMatchObject([
      {
        url: '/v1/chat/completions?api-version=2',
        headers: {
          authorization: 'Bearer late',
          'openai-organization': 'o',
          'openai-project': 'p',
          'x-a': '1',
          'x-b': '2',
          'idempotency-key': 'i',
        },
        body: { top_k: 5 },
      },
    ])
  })

  test('an abort settles at once and leaves no listener', async () => {
    await using server = await serve(() => {})
    const controller = new AbortController()
    const listeners = countListeners(controller.signal)
    const asked = open(server.url).chat.completions.create(body, { signal: controller.signal })
    setTimeout(() => controller.abort('enough'), 20)
    await expect(asked).rejects.toMatchObject({ code: 'aborted', cause: 'enough' })
    expect(listeners()).toBe(0)
  })

  test('a signal that is shared keeps no listener', async () => {
    await using server = await serve(({ body: asked }, response) =>
      asked.stream ? sendEvents(response, chunks) : sendJson(response, whole),
    )
    const { signal } = new AbortController()
    const listeners = countListeners(signal)
    const { completions } = open(server.url).chat
    await completions.create(body, { signal })
    await completions.stream(body, { signal }).finalText()
    for await (const _ of completions.streamRaw(body, { signal })) break
    expect(listeners()).toBe(0)
  })

  test('a same-origin redirect is followed when that is allowed', async () => {
    await using server = await serve(({ url }, response) =>
      url === '/v1/chat/completions'
        ? response.writeHead(307, { location: '/moved' }).end()
        : sendJson(response, whole),
    )
    await expect(open(server.url).chat.completions.create(body)).rejects.toMatchObject({
      code: 'protocol_error',
      reason: 'redirect',
    })
    expect(await open(server.url, { redirect: 'same-origin' }).chat.completions.create(body)).toEqual(whole)
  })
})

describe('a completion stream', () => {
  const source = async function* () {
    yield* chunks as any[]
  }

  test('listeners hear what an iteration reads', async () => {
    const heard: string[] = []
    const stream = completionStream(source).on('content.delta', ({ delta }) => heard.push(delta))
    for await (const _ of stream);
    expect(heard).toEqual(['Take', ' a coat.'])
  })

  test('listeners alone read it to its end', async () => {
    const done = Promise.withResolvers<string>()
    completionStream(source).on('content.done', ({ content }) => done.resolve(content))
    expect(await done.promise).toBe('Take a coat.')
  })

  test('textStream gives the text in pieces', async () => {
    expect(await Array.fromAsync(completionStream(source).textStream)).toEqual(['Take', ' a coat.'])
  })

  test('a second reader is told so', async () => {
    const stream = completionStream(source)
    for await (const _ of stream);
    await expect(async () => Array.fromAsync(stream)).rejects.toMatchObject({ code: 'already_read' })
  })

  test('a reader that leaves closes the source; the final values say so', async () => {
    let closed = false
    const stream = completionStream(async function* () {
      try {
        yield* chunks as any[]
      } finally {
        closed = true
      }
    })
    for await (const _ of stream) break
    expect(closed).toBe(true)
    await expect(stream.finalText()).rejects.toMatchObject({ code: 'aborted' })
  })

  test('it can be returned from an async function', async () => {
    const start = async () => completionStream(source)
    expect(await (await start()).finalText()).toBe('Take a coat.')
  })

  test('Q22: what toReadableStream wrote is read back with the same events', async () => {
    const events = await Array.fromAsync(completionStream(source))
    const copied = await Array.fromAsync(completionStreamFrom(completionStream(source).toReadableStream()))
    expect(copied).toEqual(events)
  })

  test('an error on the way is told to the reader of the readable', async () => {
    const failing = completionStream(async function* () {
      yield chunks[1] as any
      throw Object.assign(new Error('secret'), { x: 1 })
    })
    const copied = completionStreamFrom(failing.toReadableStream())
    await expect(copied.finalText()).rejects.toMatchObject({
      code: 'stream_error',
      server: { message: 'The stream failed.' },
      partial: { choices: [{ message: { content: 'Take' } }] },
    })
  })

  test('custom tools, thinking and late names have their events', async () => {
    const call = (more: object, finish: string | null = null) => chunk({ tool_calls: [more] }, finish)
    const stream = completionStream(async function* () {
      yield chunk({ reasoning_content: 'Hm.' }) as any
      yield call({ index: 0, id: 'a', function: { arguments: '{"x"' } }) as any
      yield call({ index: 0, function: { name: 'f', arguments: ':1}' } }) as any
      yield call({ index: 1, id: 'b', type: 'custom', custom: { name: 'g', input: 'go' } }, 'tool_calls') as any
    })
    const events = (await Array.fromAsync(stream)).filter(({ type }: StreamEvent) => type !== 'chunk')
    expect(events).toEqual([
      { type: 'reasoning.delta', delta: 'Hm.', snapshot: 'Hm.' },
      {
        type: 'tool_calls.function.arguments.delta',
        index: 0,
        name: 'f',
        arguments_delta: '{"x":1}',
        arguments: '{"x":1}',
      },
      { type: 'tool_calls.custom.input.delta', index: 1, name: 'g', input_delta: 'go', input: 'go' },
      { type: 'tool_calls.function.arguments.done', index: 0, name: 'f', arguments: '{"x":1}' },
      { type: 'tool_calls.custom.input.done', index: 1, name: 'g', input: 'go' },
    ])
  })
})

test('a response format with a parser gives parsed snapshots, and the wire does not see it', async () => {
  await using server = await serve((_, response) => sendEvents(response, chunks))
  let seen = ''
  const hook = { partial: () => ({ push: (text: string) => (seen += text) }), final: (text: string) => text.length }
  const format = Object.defineProperty({ type: 'json_object' as const }, Symbol.for('pawl.parse'), { value: hook })
  const stream = createClient({ baseURL: server.url, apiKey: 'k' }).chat.completions.stream({
    ...body,
    response_format: format,
  })
  const parsed = (await Array.fromAsync(stream)).flatMap((event) => ('parsed' in event ? [event.parsed] : []))
  expect(parsed).toEqual(['Take', 'Take a coat.', 12])
  expect(server.seen[0]?.body.response_format).toEqual({ type: 'json_object' })
})

test('a model asks with its name and defaults, and knows its server', async () => {
  await using server = await serve((_, response) => sendJson(response, whole))
  const model = createClient({ baseURL: server.url, apiKey: 'k', compat: 'deepseek' }).model('m', { temperature: 0 })
  expect(await model.complete({ messages, max_completion_tokens: 9 })).toEqual(whole)
  expect(server.seen[0]?.body).toEqual({ ...body, temperature: 0, max_tokens: 9 })
  expect([profileOf(model).name, profileOf(chat('m', { baseURL: server.url, apiKey: 'k' })).name]).toEqual([
    'deepseek',
    'generic',
  ])
})

test('an answer goes back as a request may hold it', async () => {
  await using server = await serve((_, response) => sendJson(response, whole))
  const answer = {
    role: 'assistant' as const,
    content: 'a',
    annotations: [],
    reasoning_content: 't',
    audio: { id: 'x', data: 'y', expires_at: 1, transcript: '' },
    odd: 1,
  }
  const history = [{ role: 'developer' as const, content: 'd' }, answer]
  for (const compat of ['openai', 'deepseek'] as const)
    await createClient({ baseURL: server.url, apiKey: 'k', compat }).chat.completions.create({
      model: 'm',
      messages: history,
    })
  expect(server.seen.map(({ body }) => body.messages)).toEqual([
    [
      { role: 'developer', content: 'd' },
      { role: 'assistant', content: 'a', audio: { id: 'x' }, odd: 1 },
    ],
    [
      { role: 'system', content: 'd' },
      { role: 'assistant', content: 'a', reasoning_content: 't', audio: { id: 'x' }, odd: 1 },
    ],
  ])
})

/** How many `abort` listeners the signal has: added less removed. */
function countListeners(signal: AbortSignal): () => number {
  const listeners = new Set<unknown>()
  const { addEventListener, removeEventListener } = signal
  signal.addEventListener = (type: string, listener: any, options?: any) => {
    listeners.add(listener)
    addEventListener.call(signal, type, listener, options)
  }
  signal.removeEventListener = (type: string, listener: any, options?: any) => {
    listeners.delete(listener)
    removeEventListener.call(signal, type, listener, options)
  }
  return () => listeners.size
}

test('a listener that throws ends the stream with its error, and closes the connection', async () => {
  const closed = Promise.withResolvers<void>()
  await using server = await serve((_, response) => {
    response.on('close', () => closed.resolve())
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(`data: ${JSON.stringify(chunks[1])}\n\n`)
  })
  const stream = createClient({ baseURL: server.url, apiKey: 'k' }).chat.completions.stream(body)
  stream.on('content.delta', () => {
    throw new RangeError('mine')
  })
  await expect(stream.finalText()).rejects.toThrow(RangeError)
  await closed.promise
})

test('calls leave no timer behind, and no socket beyond those they need', async () => {
  await using server = await serve((_, response) => sendJson(response, whole))
  const { completions } = createClient({ baseURL: server.url, apiKey: 'k' }).chat
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
  const before = timers()
  for (let count = 0; count < 300; count += 1) await completions.create(body)
  expect(timers()).toBeLessThanOrEqual(before)
  expect(new Set(server.seen.map(({ port }) => port)).size).toBeLessThanOrEqual(2)
})
