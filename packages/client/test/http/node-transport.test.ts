import { execFile } from 'node:child_process'
import { createCipheriv } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { createClient } from '../../src/index.ts'
import { chunk, completion } from '../server.ts'
import { rawServer } from './raw-server.ts'

const body = { model: 'm', messages: [{ role: 'user' as const, content: 'Do I need a coat?' }] }
const json = (text: string) => JSON.stringify(completion(text))

/** A whole answer. @param headers lines of its own */
function answer(text: string, headers = '', version = '1.1'): string {
  return `HTTP/${version} 200 OK\r\n${headers}content-length: ${Buffer.byteLength(json(text))}\r\n\r\n${json(text)}`
}

function asking(url: string, more: object = {}) {
  const { completions } = createClient({ baseURL: url, apiKey: 'k', maxRetries: 0, ...more }).chat
  return async (content = 'Do I need a coat?') => {
    const { choices } = await completions.create({ model: 'm', messages: [{ role: 'user', content }] })
    return choices[0]?.message.content
  }
}

test('a request is written as one message, with the headers it was given', async () => {
  await using server = await rawServer((socket) => socket.write(answer('Yes.')))
  const headers = { 'X-Name': 'caf\u00e9', Host: 'api.test', 'Content-Length': '1', 'Transfer-Encoding': 'chunked' }
  const ask = asking(`${server.url}`, { headers, query: { 'api-version': '2 3' } })
  await ask('Gr\u00fc\u00dfe \u{1F9E5}')
  await ask('Hi')
  const text = (content: string) =>
    Buffer.from(JSON.stringify({ model: 'm', messages: [{ role: 'user', content }] })).toString('latin1')
  const written = (sent: string) =>
    [
      'POST /v1/chat/completions?api-version=2+3 HTTP/1.1',
      'host: api.test',
      'accept: application/json',
      'authorization: Bearer k',
      'x-name: caf\u00e9',
      'content-type: application/json',
      `content-length: ${sent.length}`,
      'connection: keep-alive',
      '',
      sent,
    ].join('\r\n')
  expect(server.requests).toEqual([written(text('Gr\u00fc\u00dfe \u{1F9E5}')), written(text('Hi'))])
})

test('a name with several addresses is reached by the one that answers', async () => {
  await using server = await rawServer((socket) => socket.write(answer('Yes.')))
  const ask = asking(server.url.replace('127.0.0.1', 'localhost'))
  expect([await ask(), await ask()]).toEqual(['Yes.', 'Yes.'])
  expect(server.sockets.length).toBe(1)
})

describe('a connection', () => {
  test.each([
    ['is kept', '', 1],
    ['is kept for as long as the other side says', 'keep-alive: timeout=5, max=100\r\n', 1],
    ['is not kept when the other side closes it at once', 'keep-alive: timeout=0\r\n', 3],
    ['is not kept when the other side says so', 'connection: close\r\n', 3],
  ])('%s', async (_, headers, connections) => {
    await using server = await rawServer((socket) => socket.write(answer('Yes.', headers)))
    const ask = asking(server.url)
    expect([await ask(), await ask(), await ask()]).toEqual(['Yes.', 'Yes.', 'Yes.'])
    expect(server.sockets.length).toBe(connections)
  })

  test.each([
    ['HTTP/1.0', '', 3],
    ['HTTP/1.0 that keeps it', 'connection: Keep-Alive\r\n', 1],
  ])('of %s', async (_, headers, connections) => {
    await using server = await rawServer((socket) => socket.write(answer('Yes.', headers, '1.0')))
    const ask = asking(server.url)
    expect([await ask(), await ask(), await ask()]).toEqual(['Yes.', 'Yes.', 'Yes.'])
    expect(server.sockets.length).toBe(connections)
  })

  test("is closed when bytes follow the end of an answer, which are nobody's", async () => {
    await using server = await rawServer((socket, number) =>
      socket.write(number === 1 ? answer('Yes.') + answer('Planted.') : answer('No.')),
    )
    const ask = asking(server.url)
    expect([await ask(), await ask()]).toEqual(['Yes.', 'No.'])
    expect(server.sockets.length).toBe(2)
  })

  test('is closed when bytes come that nobody asked for', async () => {
    await using server = await rawServer((socket, number) => {
      socket.write(answer(number === 1 ? 'Yes.' : 'No.'))
      if (number === 1) setImmediate(() => socket.write(answer('Planted.')))
    })
    const ask = asking(server.url)
    const first = await ask()
    const [socket] = server.sockets
    if (socket && !socket.closed) await once(socket, 'close')
    expect([first, await ask()]).toEqual(['Yes.', 'No.'])
    expect(server.sockets.length).toBe(2)
  })

  test('that was closed while it was kept is not used', async () => {
    await using server = await rawServer((socket) => socket.write(answer('Yes.')))
    const ask = asking(server.url)
    await ask()
    const [socket] = server.sockets
    socket?.end()
    if (socket) await once(socket, 'close')
    await ask()
    expect(server.requests.length).toBe(2)
  })

  test('on which an answer came before the request was read is not kept', async () => {
    await using server = await rawServer(() => {})
    const asked = asking(server.url)('x'.repeat(20_000_000))
    while (server.sockets.length === 0) await sleep(1)
    const [socket] = server.sockets
    socket?.pause()
    socket?.write(answer('Yes.'))
    expect(await asked).toBe('Yes.')
    socket?.resume()
    if (socket) await once(socket, 'close')
    expect(server.requests).toEqual([])
  })

  test('carries one exchange at a time; as many are opened as are needed, and used again', async () => {
    await using server = await rawServer((socket) => setTimeout(() => socket.write(answer('Yes.')), 5))
    const ask = asking(server.url)
    for (let turn = 0; turn < 3; turn += 1) await Promise.all(Array.from({ length: 40 }, () => ask()))
    expect([server.requests.length, server.sockets.length]).toEqual([120, 40])
  })

  test('that is kept does not keep the process', async () => {
    await using server = await rawServer((socket) => socket.write(answer('Yes.')))
    const program = `
      import { createClient } from ${JSON.stringify(new URL('../../src/index.ts', import.meta.url).href)}
      const { completions } = createClient({ baseURL: '${server.url}', apiKey: 'k' }).chat
      const { choices } = await completions.create(${JSON.stringify(body)})
      console.log(choices[0].message.content)`
    const node = promisify(execFile)(process.execPath, ['--input-type=module', '-e', program])
    expect((await node).stdout).toBe('Yes.\n')
  })
})

describe('an answer', () => {
  test('is read wherever its bytes are cut, after announcements, and to the close where nothing else ends it', async () => {
    await using server = await rawServer(async (socket, number) => {
      const head = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n'
      const bytes = Buffer.from(head + json('Gr\u00fc\u00dfe'))
      for (let at = 0; at < bytes.length; at += number * 40) {
        socket.write(bytes.subarray(at, at + number * 40))
        await sleep(1)
      }
      socket.end()
    })
    const ask = asking(server.url)
    expect([await ask(), await ask(), await ask()]).toEqual(Array(3).fill('Gr\u00fc\u00dfe'))
  })

  test.each([
    ['that is not HTTP', 'SSH-2.0-OpenSSH_9.2\r\n\r\n', 'malformed'],
    ['with two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}', 'malformed'],
    ['that breaks its frames', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}!', 'malformed'],
    ['with headers that do not end', `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(20_000)}`, 'oversize'],
  ])('%s is told as such, and its connection closed', async (_, text, reason) => {
    await using server = await rawServer((socket) => socket.write(text))
    await expect(asking(server.url)()).rejects.toMatchObject({ code: 'protocol_error', reason })
    const [socket] = server.sockets
    if (socket && !socket.closed) await once(socket, 'close')
    expect(server.requests.length).toBe(1)
  })

  test('whose frames are damaged is given as far as they are whole, and then told as such', async () => {
    const event = `data: ${JSON.stringify(chunk({ content: 'Take a ' }))}\n\n`
    const head = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'
    await using server = await rawServer((socket) =>
      socket.write(`${head}${event.length.toString(16)}\r\n${event}!\r\n`),
    )
    const stream = createClient({ baseURL: server.url, apiKey: 'k' }).chat.completions.stream(body)
    const pieces: string[] = []
    const reading = async () => {
      for await (const text of stream.textStream) pieces.push(text)
    }
    const partial = { choices: [{ message: { content: 'Take a ' } }] }
    await expect(reading()).rejects.toMatchObject({ code: 'protocol_error', reason: 'malformed', partial })
    expect([pieces, server.requests.length]).toEqual([['Take a '], 1])
  })

  const packed = [
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const

  test.each(packed)('in %s is unpacked, and its connection kept', async (coding, pack) => {
    const bytes = pack(json('Yes.'))
    const head = `HTTP/1.1 200 OK\r\ncontent-encoding: ${coding}\r\ncontent-length: ${bytes.length}\r\n\r\n`
    await using server = await rawServer(async (socket) => {
      socket.write(head)
      for (const byte of bytes) {
        socket.write(Uint8Array.of(byte))
        await sleep(0)
      }
    })
    const ask = asking(server.url)
    expect([await ask(), await ask()]).toEqual(['Yes.', 'Yes.'])
    expect(server.sockets.length).toBe(1)
  })

  test.each(packed)('in %s that is cut short is truncated, and damaged bytes are malformed', async (coding, pack) => {
    const bytes = pack(json('Yes.'))
    const cut = bytes.subarray(0, bytes.length - 9)
    const bad = Buffer.from(bytes).fill(0xff, 4, 30)
    await using server = await rawServer((socket, number) => {
      const sent = number === 1 ? cut : bad
      socket.write(`HTTP/1.1 200 OK\r\ncontent-encoding: ${coding}\r\ncontent-length: ${sent.length}\r\n\r\n`)
      socket.write(sent)
    })
    const ask = asking(server.url)
    await expect(ask()).rejects.toMatchObject({ code: 'protocol_error', reason: 'truncated' })
    await expect(ask()).rejects.toMatchObject({ code: 'protocol_error', reason: 'malformed' })
  })

  test.each([
    ['as it is', false],
    ['unpacked', true],
  ])('that nobody reads makes the other side wait, and is whole when it is read (%s)', async (_, zipped) => {
    const events = Array.from({ length: 1000 }, (__, at) => {
      const content = noise.slice(at * 16_000, (at + 1) * 16_000)
      return `data: ${JSON.stringify(chunk({ content }))}\n\n`
    })
    const text = `${events.join('')}data: ${JSON.stringify(chunk({}, 'stop'))}\n\ndata: [DONE]\n\n`
    const bytes = zipped ? gzipSync(text) : Buffer.from(text)
    await using server = await rawServer((socket) => {
      const coding = zipped ? 'content-encoding: gzip\r\n' : ''
      socket.write(`HTTP/1.1 200 OK\r\n${coding}content-length: ${bytes.length}\r\n\r\n`)
      socket.write(bytes)
    })
    const chunks = createClient({ baseURL: server.url, apiKey: 'k' }).chat.completions.streamRaw(body)
    const iterator = chunks[Symbol.asyncIterator]()
    await iterator.next()
    const [socket] = server.sockets
    let waiting = -1
    while (socket?.writableLength !== waiting) {
      waiting = socket?.writableLength ?? 0
      await sleep(50)
    }
    expect(waiting).toBeGreaterThan(0)
    let count = 1
    for (let step = await iterator.next(); !step.done; step = await iterator.next()) count += 1
    expect(count).toBe(1001)
  })
})

/** The same text at each run, which does not pack well. */
const noise = createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16))
  .update(Buffer.alloc(12_000_000))
  .toString('base64')
