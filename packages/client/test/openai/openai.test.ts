import { expect, test } from 'vitest'
import OpenAI, { APIError, APIUserAbortError, ChatCompletionStream, OpenAIError } from '../../src/openai.ts'

const body = { model: 'gpt-4.1', messages: [{ role: 'user' as const, content: 'Do I need a coat?' }] }

const words = ['Take', ' a', ' coat.'].map((content, at) => ({
  index: 0,
  delta: { ...(at === 0 && { role: 'assistant' }), content },
}))

/** A client of a server that streams `Take a coat.`, or gives this answer. */
function client(answer?: () => Response) {
  const asked: Request[] = []
  const chunks = [...words, { index: 0, delta: {}, finish_reason: 'stop' }].map((choice) => ({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'gpt-4.1',
    choices: [choice],
  }))
  const text = `${chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('')}data: [DONE]\n\n`
  const stream = () => new Response(text, { headers: { 'content-type': 'text/event-stream' } })
  const fake: typeof fetch = async (input, init) => {
    asked.push(new Request(input, init))
    return (answer ?? stream)()
  }
  return { asked, openai: new OpenAI({ apiKey: 'k', baseURL: 'http://server.test/v1', fetch: fake, maxRetries: 0 }) }
}

const texts = async (chunks: AsyncIterable<OpenAI.ChatCompletionChunk>) => {
  const all = await Array.fromAsync(chunks)
  return all.map(({ choices }) => choices[0]?.delta.content ?? '').join('')
}

test('options of the official client reach the request', async () => {
  const { openai, asked } = client()
  const other = openai.withOptions({
    organization: 'org-1',
    defaultHeaders: { 'x-one': '1', 'x-none': null },
    defaultQuery: { version: '2' },
  })
  await other.chat.completions.create({ ...body, stream: true }, { headers: { 'x-two': '2' }, idempotencyKey: 'once' })
  const [request] = asked
  expect(request?.url).toBe('http://server.test/v1/chat/completions?version=2')
  expect(Object.fromEntries(request?.headers ?? [])).toMatchObject({
    authorization: 'Bearer k',
    'openai-organization': 'org-1',
    'x-one': '1',
    'x-two': '2',
    'idempotency-key': 'once',
  })
  expect(request?.headers.has('x-none')).toBe(false)
})

test('bodies go out as they are given, whatever the server', async () => {
  const { openai, asked } = client()
  const given: OpenAI.ChatCompletionCreateParamsStreaming = {
    model: 'deepseek-reasoner',
    messages: [
      { role: 'developer', content: 'Be brief.' },
      { role: 'assistant', content: 'Take a coat.', reasoning_content: 'It rains.' },
    ],
    max_completion_tokens: 5,
    stream: true,
  }
  await openai.withOptions({ baseURL: 'https://api.deepseek.com/v1' }).chat.completions.create(given)
  expect(await asked[0]?.json()).toEqual(given)
})

test('a stream is read once; tee reads it twice', async () => {
  const { openai } = client()
  const stream = await openai.chat.completions.create({ ...body, stream: true })
  const [left, right] = stream.tee()
  expect(await texts(left)).toBe('Take a coat.')
  expect(await texts(right)).toBe('Take a coat.')
  await expect(texts(stream)).rejects.toThrow(OpenAIError)
})

test('listeners hear once, until they are taken off, or until the event was emitted', async () => {
  const { openai } = client()
  const heard: string[] = []
  const off = (delta: string) => heard.push(`off ${delta}`)
  const stream = openai.chat.completions.stream(body)
  stream.once('content', (delta) => heard.push(`once ${delta}`)).on('content', off)
  expect(await stream.emitted('content')).toBe('Take')
  stream.off('content', off)
  await stream.done()
  expect(heard).toEqual(['once Take', 'off Take'])
})

test('an iteration that is left aborts the request', async () => {
  const { openai, asked } = client()
  const stream = openai.chat.completions.stream(body)
  for await (const _ of stream) break
  await expect(stream.done()).rejects.toBeInstanceOf(APIUserAbortError)
  expect(asked[0]?.signal.aborted).toBe(true)
})

test('an iteration throws what went wrong', async () => {
  const { openai } = client(() => Response.json({ error: { message: 'No.' } }, { status: 400 }))
  await expect(texts(openai.chat.completions.stream(body))).rejects.toMatchObject({ status: 400, message: '400 No.' })
})

test('a stream goes on in another process as lines of JSON', async () => {
  const { openai } = client()
  const readable = openai.chat.completions.stream(body).toReadableStream()
  expect(await ChatCompletionStream.fromReadableStream(readable).finalContent()).toBe('Take a coat.')
})

test('a readable that is cancelled aborts the request', async () => {
  const { openai, asked } = client()
  const reader = openai.chat.completions.stream(body).toReadableStream().getReader()
  await reader.read()
  await reader.cancel()
  expect(asked[0]?.signal.aborted).toBe(true)
})

test('a listener that throws fails the stream', async () => {
  const { openai } = client()
  const stream = openai.chat.completions.stream(body).on('content', () => {
    throw new Error('My own mistake.')
  })
  await expect(stream.finalContent()).rejects.toThrow('My own mistake.')
  expect([stream.ended, stream.errored, stream.aborted]).toEqual([true, true, false])
})

test('a parser of ours in the format gives `parsed`', async () => {
  const answer = { role: 'assistant', content: '{"needed":true}' }
  const { openai } = client(() => Response.json({ choices: [{ index: 0, message: answer, finish_reason: 'stop' }] }))
  const format = { type: 'json_schema' as const, json_schema: { name: 'coat' } }
  const parser = { final: (text: string) => `parsed ${text}`, partial: () => ({ push: () => undefined }) }
  Object.defineProperty(format, Symbol.for('pawl.parse'), { value: parser })
  const { choices } = await openai.chat.completions.parse({ ...body, response_format: format })
  expect(choices[0]?.message.parsed).toBe('parsed {"needed":true}')
})

test('a stream that is cut is no success', async () => {
  const cut = `data: ${JSON.stringify({ id: 'x', choices: words.slice(0, 1) })}\n\n`
  const answer = () => new Response(cut, { headers: { 'content-type': 'text/event-stream' } })
  const { openai } = client(answer)
  const fault = await openai.chat.completions
    .stream(body)
    .finalContent()
    .catch((error: unknown) => error)
  expect(fault).toBeInstanceOf(OpenAIError)
  expect(fault).toMatchObject({ cause: { code: 'protocol_error', reason: 'truncated' } })
  await expect(openai.chat.completions.create({ ...body, stream: true }).then(texts)).rejects.toThrow(OpenAIError)
})

test.each([
  [400, 'BadRequestError'],
  [401, 'AuthenticationError'],
  [403, 'PermissionDeniedError'],
  [404, 'NotFoundError'],
  [409, 'ConflictError'],
  [422, 'UnprocessableEntityError'],
  [429, 'RateLimitError'],
  [503, 'InternalServerError'],
  [418, 'APIError'],
] as const)('status %i is %s', async (status, name) => {
  const { openai } = client(() => new Response('', { status }))
  const fault = await openai.chat.completions.create(body).catch((error: unknown) => error)
  expect(fault).toBeInstanceOf(OpenAI[name])
  expect(fault).toBeInstanceOf(APIError)
  expect(fault).toMatchObject({ status, message: `${status} status code (no body)` })
})

test('a client without a key or with a base URL that is none is refused at once', () => {
  expect(() => new OpenAI({ apiKey: 'k', baseURL: 'nowhere' })).toThrow(OpenAIError)
  expect(() => new OpenAI({ apiKey: null, baseURL: 'http://server.test/v1' })).toThrow(/OPENAI_API_KEY/)
})
