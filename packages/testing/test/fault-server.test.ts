import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { type FaultServer, type FaultStep, faultServer, says, sse } from '../src/index.ts'

/** Sends one request over a socket of its own and gives back all bytes that came, and how it ended. */
async function raw(server: FaultServer, body: unknown = { model: 'm', messages: [], stream: false }) {
  const text = JSON.stringify(body)
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  const { promise, resolve } = Promise.withResolvers<{ text: string; ended: string }>()
  let received = ''
  let ended = 'fin'
  socket.on('data', (bytes) => {
    received += bytes.toString('latin1')
  })
  socket.on('error', ({ message }) => {
    ended = message.includes('ECONNRESET') ? 'rst' : message
  })
  socket.on('close', () => resolve({ text: received, ended }))
  socket.write(`POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: ${text.length}\r\n\r\n${text}`)
  return { promise, socket, received: () => received }
}

async function reply(step: FaultStep, body?: unknown) {
  await using server = await faultServer({ script: step })
  return await (await raw(server, body)).promise
}

const post = (server: FaultServer, body: unknown) =>
  fetch(`${server.url}/chat/completions`, { method: 'POST', body: JSON.stringify(body) })

test('a script is followed request by request, and its last step repeats', async () => {
  await using server = await faultServer({ script: ['status:429;retry-after=1', says('Yes.')] })
  const first = await post(server, { model: 'm', messages: [] })
  expect(first.status).toBe(429)
  expect(first.headers.get('retry-after')).toBe('1')
  expect(await first.json()).toMatchObject({ error: { type: 'rate_limit_error' } })
  for (let again = 0; again < 2; again++) {
    expect(await (await post(server, { model: 'm', messages: [] })).json()).toMatchObject({
      model: 'm',
      choices: [{ message: { content: 'Yes.' }, finish_reason: 'stop' }],
    })
  }
})

test('a request that asks for a stream gets one', async () => {
  await using server = await faultServer()
  const response = await post(server, { model: 'm', messages: [], stream: true })
  const events = (await response.text()).split('\n\n')
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(events.at(-2)).toBe('data: [DONE]')
  expect(JSON.parse(events[0]?.slice(6) ?? '')).toMatchObject({ choices: [{ delta: { role: 'assistant' } }] })
})

test('requests are kept: method, path, headers, body, connection', async () => {
  await using server = await faultServer()
  await (await post(server, { model: 'm', messages: [] })).text()
  await fetch(`${server.url}/models?limit=2`, { headers: { Authorization: 'Bearer k' } })
  expect(server.requests).toMatchObject([
    { method: 'POST', path: '/v1/chat/completions', body: { model: 'm', messages: [] }, connection: 0 },
    { method: 'GET', path: '/v1/models?limit=2', headers: { authorization: 'Bearer k' }, body: '' },
  ])
})

test('a body may come in chunks', async () => {
  await using server = await faultServer()
  const body = new Blob(['{"messa', 'ges":[]}']).stream()
  await fetch(server.url, { method: 'POST', body, duplex: 'half' } as RequestInit)
  expect(server.requests[0]?.body).toEqual({ messages: [] })
})

test.each([
  ['cut', '', 'fin'],
  ['reset', '', 'rst'],
  ['garbage', 'SSH-2.0-OpenSSH_9.6\r\n\r\n', 'fin'],
])('%s sends no answer', async (name, text, ended) => {
  expect(await reply(name)).toEqual({ text, ended })
})

test.each([
  ['cut@20', 'fin'],
  ['reset@20', 'rst'],
])('%s ends inside the body', async (name, ended) => {
  const { text, ended: how } = await reply(name)
  const [head = '', body = ''] = text.split('\r\n\r\n')
  expect([how, body]).toEqual([ended, '{"id":"chatcmpl-1","'])
  expect(Number(/content-length: (\d+)/.exec(head)?.[1])).toBeGreaterThan(20)
})

test('end@N promises what it sends', async () => {
  await using server = await faultServer({ script: 'end@20' })
  expect(await (await post(server, {})).text()).toBe('{"id":"chatcmpl-1","')
})

test('a stall keeps the connection open and silent after its bytes', async () => {
  await using server = await faultServer({ script: 'stall@0' })
  const { socket, received, promise } = await raw(server)
  while (!received().endsWith('\r\n\r\n')) await new Promise((resolve) => socket.once('data', resolve))
  expect(server.connections[0]?.open).toBe(true)
  socket.destroy()
  await server.connections[0]?.closed
  expect((await promise).text).toMatch(/^HTTP\/1.1 200 Status\r\n/)
})

test.each([
  ['html', 200, /<h1>/],
  ['html:502', 502, /<h1>/],
  ['empty', 200, /^$/],
  ['envelope', 200, /"server_error"/],
  ['quota', 429, /insufficient_quota/],
  ['status:503', 503, /server_error/],
])('%s answers %i', async (name, status, body) => {
  await using server = await faultServer({ script: name })
  const response = await post(server, {})
  expect([response.status, await response.text()]).toEqual([status, expect.stringMatching(body)])
})

test('bytes are exact, in the pieces and the frame asked for', async () => {
  const body = sse(['{"a":1}', 'text'])
  const { text } = await reply({ body, framing: 'chunked', pieces: 30, ending: 'close' })
  expect(body).toBe('data: {"a":1}\n\ndata: text\n\ndata: [DONE]\n\n')
  expect(text.slice(text.indexOf('\r\n\r\n') + 4)).toBe(
    `1e\r\n${body.slice(0, 30)}\r\nb\r\n${body.slice(30)}\r\n0\r\n\r\n`,
  )
})

test('an endless body is written only as fast as it is read', async () => {
  await using server = await faultServer({ script: 'endless' })
  const { socket } = await raw(server)
  socket.pause()
  let before = -1
  for (let now = 0; now !== before; now = server.connections[0]?.written ?? 0) {
    before = now
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  expect(before).toBeLessThan(32 * 2 ** 20)
  socket.destroy()
})

test('a name that is not in the table is refused with the names that are', async () => {
  await expect(faultServer({ script: 'nonsense' })).rejects.toThrow('No fault is named "nonsense"; there are ok, stall')
  await using server = await faultServer({ script: () => 'nonsense' })
  const response = await post(server, {})
  expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('No fault is named')])
})

test('closing the server closes what is open', async () => {
  const server = await faultServer({ script: 'stall' })
  const { promise } = await raw(server)
  while (server.requests.length === 0) await new Promise((resolve) => setImmediate(resolve))
  await server.close()
  expect((await promise).text).toBe('')
  expect(server.connections.every(({ open }) => !open)).toBe(true)
})
