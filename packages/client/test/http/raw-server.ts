/** A server of bytes: it reads whole requests, and writes exactly what it is told to. */

import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

export interface RawServer extends AsyncDisposable {
  readonly url: string
  /** whole requests, as text */
  readonly requests: readonly string[]
  /** in the order in which they were opened */
  readonly sockets: readonly Socket[]
}

/** @param answer told each request when it is whole, counted from 1 */
export async function rawServer(answer: (socket: Socket, number: number) => void): Promise<RawServer> {
  const requests: string[] = []
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket)
    let text = ''
    socket.on('error', () => {})
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1')
      const end = requestEnd(text)
      if (end === -1) return
      requests.push(text.slice(0, end))
      text = text.slice(end)
      answer(socket, requests.length)
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function requestEnd(text: string): number {
  const head = text.indexOf('\r\n\r\n')
  if (head === -1) return -1
  const end = head + 4 + Number(/\ncontent-length: (\d+)/.exec(text)?.[1] ?? 0)
  return text.length < end ? -1 : end
}
