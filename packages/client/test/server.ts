/** A small server for the client's own tests: answers by a function and remembers what it was asked. */

import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Seen {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  /** parsed; undefined when there was none */
  readonly body: any
  /** of the connection it came on */
  readonly port: number | undefined
}

export interface TestServer extends AsyncDisposable {
  readonly url: string
  readonly seen: readonly Seen[]
}

export async function serve(
  answer: (request: Seen, response: ServerResponse, number: number) => void,
): Promise<TestServer> {
  const seen: Seen[] = []
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const piece of request) text += piece
    const { method = '', url = '', headers, socket } = request
    const one = { method, url, headers, body: text === '' ? undefined : JSON.parse(text), port: socket.remotePort }
    answer(one, response, seen.push(one))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export function sendJson(
  response: ServerResponse,
  value: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
}

/** Each value as an event, then `[DONE]`. */
export function sendEvents(response: ServerResponse, values: readonly unknown[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': 'req_1' })
  for (const value of values) response.write(`data: ${JSON.stringify(value)}\n\n`)
  response.end('data: [DONE]\n\n')
}

export function completion(content: string, more: object = {}) {
  const message = { role: 'assistant', content }
  return {
    id: 'c',
    object: 'chat.completion',
    created: 1,
    model: 'm',
    choices: [{ index: 0, message, finish_reason: 'stop' }],
    ...more,
  }
}

export function chunk(delta: object, finish: string | null = null, more: object = {}) {
  return {
    id: 'c',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'm',
    choices: [{ index: 0, delta, finish_reason: finish }],
    ...more,
  }
}
