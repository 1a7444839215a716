import { expect, test, vi } from 'vitest'
import { createClient, type LimitOptions } from '../src/index.ts'

vi.mock('../src/send/limits.ts', () => {
  throw new TypeError('Failed to fetch dynamically imported module')
})

const answering: typeof fetch = async () => Response.json({ object: 'list', data: [] })
const clientWith = (limits?: LimitOptions) =>
  createClient({ baseURL: 'http://127.0.0.1:1/v1', apiKey: 'k', fetch: answering, maxRetries: 0, limits })

test('who sets no limits loads no limiter', async () => {
  expect(await clientWith().models.list()).toMatchObject({ data: [] })
})

test('a limiter that cannot be loaded is a fault of the connection', async () => {
  const failure = clientWith({ concurrency: 1 }).models.list()
  await expect(failure).rejects.toMatchObject({ code: 'connection_error', reason: 'unreachable', retryable: true })
})
