import { inspect } from 'node:util'
import { expect, test, vi } from 'vitest'
import { createClient, isPawlError, type RequestPlain } from '../src/index.ts'
import { completion, sendJson, serve } from './server.ts'

const circle: Record<string, unknown> = {}
circle['self'] = circle
const user = (content: unknown) => ({ role: 'user', content })

test.each([
  ['no object', 'hello', 'body'],
  ['no model', { messages: [] }, 'model'],
  ['no messages', { model: 'm' }, 'messages'],
  ['a message that is none', { model: 'm', messages: ['hi'] }, 'messages[0]'],
  ['NaN', { model: 'm', messages: [], temperature: Number.NaN }, 'temperature'],
  [
    'NaN in a message',
    {
      model: 'm',
      messages: [
        user([
          { type: 'text', text: 'a' },
          { type: 'x', n: Number.NaN },
        ]),
      ],
    },
    'messages[0].content[1].n',
  ],
  ['a bigint', { model: 'm', messages: [user(1n)] }, 'messages[0].content'],
  ['a hole in a list', { model: 'm', messages: [user('a')], stop: ['a', undefined] }, 'stop[1]'],
  ['a function', { model: 'm', messages: [], seed: () => 1 }, 'seed'],
])('%s is refused before anything is sent, naming the field', async (_, body, field) => {
  const fetch = vi.fn()
  const { completions } = createClient({ apiKey: 'k', baseURL: 'http://x.test/v1', fetch }).chat
  const fault = { code: 'bad_request', field }
  await expect(completions.create(body as unknown as RequestPlain)).rejects.toMatchObject(fault)
  await expect(completions.stream(body as unknown as RequestPlain).finalText()).rejects.toMatchObject(fault)
  await expect(Array.fromAsync(completions.streamRaw(body as unknown as RequestPlain))).rejects.toMatchObject(fault)
  expect(fetch).not.toHaveBeenCalled()
})

test('a circle is refused', async () => {
  const { completions } = createClient({ apiKey: 'k', baseURL: 'http://x.test/v1', fetch: vi.fn() }).chat
  const asked = completions.create({ model: 'm', messages: [], metadata: circle as Record<string, string> })
  await expect(asked).rejects.toMatchObject({ code: 'bad_request', field: expect.stringMatching(/^metadata\.self/) })
})

test('a base URL that is none is refused at once', () => {
  expect(() => createClient({ baseURL: 'localhost:11434' })).toThrow(
    expect.objectContaining({ code: 'bad_request', field: 'baseURL' }),
  )
})

test.each([
  ['a value of two lines', { 'x-key': 'secret\r\nx-other: 1' }, /x-key/],
  ['a value beyond Latin-1', { 'x-key': 'secret\u20ac' }, /x-key/],
  ['a value that is no text', { 'x-key': 7 }, /x-key/],
  ['a name with a space', { 'x key': 'a' }, /"x key"/],
  ['an empty name', { '': 'a' }, /""/],
])('a header that would not stay one line is refused before anything is sent: %s', async (_, headers, message) => {
  const fetch = vi.fn()
  const asked = { model: 'm', messages: [] }
  const fault = { code: 'bad_request', field: 'headers', message: expect.stringMatching(message) }
  const unsaid = expect.not.objectContaining({ message: expect.stringContaining('secret') })
  const { completions } = createClient({ apiKey: 'k', baseURL: 'http://x.test/v1', fetch }).chat
  await expect(completions.create(asked, { headers: headers as never })).rejects.toEqual(unsaid)
  for (const given of [
    completions.create(asked, { headers: headers as never }),
    createClient({ apiKey: 'k', baseURL: 'http://x.test/v1', headers: headers as never }).chat.completions.create(
      asked,
    ),
  ])
    await expect(given).rejects.toMatchObject(fault)
  await expect(completions.create(asked, { idempotencyKey: 'a\nb' })).rejects.toMatchObject({ field: 'headers' })
  expect(fetch).not.toHaveBeenCalled()
})

test.each([
  ['sockets', {}],
  ['fetch', { fetch: globalThis.fetch }],
])('what an application hangs on all objects reaches no body and no header (%s)', async (_, transport) => {
  await using server = await serve((__, response) => sendJson(response, completion('Yes.')))
  const everywhere = Object.prototype as { planted?: string }
  everywhere.planted = 'secret'
  try {
    const { completions } = createClient({
      baseURL: server.url,
      apiKey: 'k',
      headers: { 'x-a': '1' },
      ...transport,
    }).chat
    const content = [{ type: 'text' as const, text: 'Hi' }]
    await completions.create({ model: 'm', messages: [{ role: 'user', content }], metadata: { k: 'v' } })
  } finally {
    delete everywhere.planted
  }
  const [seen] = server.seen
  expect(seen?.headers).not.toHaveProperty('planted')
  expect(seen?.body).toEqual({
    model: 'm',
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
    metadata: { k: 'v' },
  })
})

test('a missing key is told by the first call, also one that a function cannot give', async () => {
  vi.stubEnv('OPENAI_API_KEY', undefined)
  const body = { model: 'm', messages: [] }
  const fault = { code: 'bad_request', field: 'apiKey' }
  await expect(createClient({ baseURL: 'http://x.test/v1' }).chat.completions.create(body)).rejects.toMatchObject(fault)
  const apiKey = async () => Promise.reject(new Error('vault'))
  await expect(
    createClient({ apiKey, baseURL: 'http://x.test/v1' }).chat.completions.create(body),
  ).rejects.toMatchObject(fault)
  await expect(
    createClient({ apiKey: 'a\nb', baseURL: 'http://x.test/v1' }).chat.completions.create(body),
  ).rejects.toMatchObject(fault)
  vi.unstubAllEnvs()
})

test('half of a surrogate pair is repaired, what looks like one is not', async () => {
  await using server = await serve((_, response) => sendJson(response, completion('ok')))
  const content = 'a\ud83cb \\ud83c 🌧'
  await createClient({ apiKey: 'k', baseURL: server.url }).chat.completions.create({
    model: 'm',
    messages: [
      { role: 'user', content },
      { role: 'user', content: [{ type: 'text', text: content }] },
    ],
  })
  const repaired = 'a\ufffdb \\ud83c 🌧'
  expect(server.seen[0]?.body.messages).toEqual([
    { role: 'user', content: repaired },
    { role: 'user', content: [{ type: 'text', text: repaired }] },
  ])
})

test('an abort before the start sends nothing', async () => {
  const fetch = vi.fn()
  const { completions } = createClient({ apiKey: 'k', baseURL: 'http://x.test/v1', fetch }).chat
  const options = { signal: AbortSignal.abort('no') }
  const body = { model: 'm', messages: [] }
  await expect(completions.create(body, options)).rejects.toMatchObject({ code: 'aborted', cause: 'no' })
  await expect(completions.stream(body, options).finalText()).rejects.toMatchObject({ code: 'aborted', cause: 'no' })
  expect(fetch).not.toHaveBeenCalled()
})

test('S01: no key of a prototype comes out of an answer', async () => {
  const hostile = '{"__proto__":{"evil":1},"\\u005f_proto__":{"evil":1},"constructor":{"prototype":{"evil":1}}'
  await using server = await serve((_, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(
      `${hostile},"choices":[{"index":0,"message":${hostile},"role":"assistant","content":"a"},"finish_reason":"stop"}]}`,
    )
  })
  const answer: any = await createClient({ apiKey: 'k', baseURL: server.url }).chat.completions.create({
    model: 'm',
    messages: [],
  })
  for (const each of [answer, answer.choices[0].message]) {
    expect(Object.keys(each).filter((key) => key === '__proto__' || key === 'constructor')).toEqual([])
    expect(each.evil).toBeUndefined()
  }
  expect(({} as any).evil).toBeUndefined()
})

test('S03: no secret is in an error', async () => {
  await using server = await serve((_, response) => sendJson(response, { error: { message: 'No.' } }, 401))
  const secrets = ['key-secret', 'header-secret', 'query-secret', 'password-secret', 'prompt-secret']
  const client = createClient({
    apiKey: 'key-secret',
    baseURL: server.url.replace('://', '://user:password-secret@'),
    headers: { 'x-key': 'header-secret' },
    query: { sig: 'query-secret' },
  })
  const error = await client.chat.completions
    .create({ model: 'm', messages: [{ role: 'user', content: 'prompt-secret' }] })
    .catch((reason: unknown) => reason)
  expect(isPawlError(error)).toBe(true)
  const told = inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)
  expect(secrets.filter((secret) => told.includes(secret))).toEqual([])
})
