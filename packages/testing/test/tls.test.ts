import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer, getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls'
import { createClient } from '@pawl/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultServer, says } from '../src/index.ts'

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')
const selfSigned = { key: fixture('self-signed.key.pem'), cert: fixture('self-signed.cert.pem') }
const body = { model: 'm', messages: [{ role: 'user' as const, content: 'Hi' }] }
const open = (baseURL: string, more: object = {}) =>
  createClient({ baseURL, apiKey: 'k', maxRetries: 0, ...more }).chat.completions

const trusted = getCACertificates('default')
beforeAll(() => setDefaultCACertificates([...trusted, selfSigned.cert]))
afterAll(() => setDefaultCACertificates(trusted))

test('calls and streams go over TLS to a server that is trusted, and its connection is kept', async () => {
  await using server = await faultServer({ tls: selfSigned })
  const completions = open(server.url)
  for (let turn = 0; turn < 3; turn += 1) await completions.create(body)
  for await (const _ of completions.streamRaw(body));
  await completions.create(body)
  expect([server.requests.length, server.connections.length]).toEqual([5, 1])
})

test('many streams at once arrive whole', async () => {
  const texts = Array.from({ length: 8 }, (_, at) => `${at}`.repeat(300_000))
  await using server = await faultServer({ script: texts.map((text) => says(text)), tls: selfSigned })
  const completions = open(server.url)
  const read = await Promise.all(texts.map(() => completions.stream(body).finalText()))
  expect(read.sort()).toEqual(texts)
})

test('a certificate must name the host that was asked for', async () => {
  await using server = await faultServer({ tls: selfSigned })
  await expect(open(server.url, { headers: { host: 'api.test' } }).create(body)).rejects.toMatchObject({
    code: 'connection_error',
    reason: 'tls',
    message: expect.stringContaining('ERR_TLS_CERT_ALTNAME_INVALID'),
  })
  expect(server.requests.length).toBe(0)
})

test('a new connection takes up the session of the last one', async () => {
  const reused: boolean[] = []
  const answer = JSON.stringify({ choices: [{ index: 0, message: { role: 'assistant', content: 'Yes.' } }] })
  const server = createServer(selfSigned, (socket: TLSSocket) => {
    reused.push(socket.isSessionReused())
    socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n${answer}`))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const completions = open(`https://127.0.0.1:${port}/v1`)
  for (let turn = 0; turn < 3; turn += 1) await completions.create(body)
  server.close()
  expect(reused).toEqual([false, true, true])
})
