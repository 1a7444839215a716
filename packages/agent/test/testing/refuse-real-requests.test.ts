import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { refuseRealRequests } from '@pawl/agent/testing'
import { createClient } from '@pawl/client'
import { expect, onTestFinished, test } from 'vitest'

const ask = { model: 'm', messages: [{ role: 'user' as const, content: 'Hello' }] }

/** The causes of an error, from the outermost to the first. */
function causes(error: unknown): unknown[] {
  return error instanceof Error ? [error, ...causes(error.cause)] : []
}

test.each([
  [
    'the client',
    () => createClient({ apiKey: 'k', baseURL: 'http://192.0.2.1/v1', maxRetries: 0 }).chat.completions.create(ask),
  ],
  [
    'the client over TLS',
    () => createClient({ apiKey: 'k', baseURL: 'https://192.0.2.1/v1', maxRetries: 0 }).chat.completions.create(ask),
  ],
  ['fetch', () => fetch('http://192.0.2.1/')],
])('a request of %s to another machine is refused before it leaves', async (_, request) => {
  using _refusal = refuseRealRequests()
  const error: unknown = await request().then(
    () => undefined,
    (error) => error,
  )

  expect(causes(error)).toContainEqual(expect.objectContaining({ code: 'real_request' }))
})

test('loopback stays open', async () => {
  using _refusal = refuseRealRequests()
  const server = createServer((_, response) => response.end('here')).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo

  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('here')
  expect(await (await fetch(`http://localhost:${port}/`)).text()).toBe('here')
})

test('the end of the refusal puts everything back', () => {
  const { prototype } = process.getBuiltinModule('node:net').Socket
  const connect = prototype.connect
  const end = refuseRealRequests()
  expect(prototype.connect).not.toBe(connect)
  end()

  expect(prototype.connect).toBe(connect)
})
