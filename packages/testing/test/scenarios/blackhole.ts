/** A port that takes no connection and refuses none: its queue is full and nobody accepts. */

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Worker } from 'node:worker_threads'

/** Listens with the shortest queue, then never returns to its event loop. */
const deaf = `
const { parentPort } = require('node:worker_threads')
const server = require('node:net').createServer()
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  parentPort.postMessage(server.address().port)
  setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0))
})
`

export async function blackhole(): Promise<AsyncDisposable & { readonly url: string }> {
  const worker = new Worker(deaf, { eval: true })
  const [port] = await once(worker, 'message')
  const sockets: Socket[] = []
  do {
    sockets.push(connect(port, '127.0.0.1').on('error', () => {}))
    await settled()
  } while (!sockets.at(-1)?.connecting)
  return {
    url: `http://127.0.0.1:${port}/v1`,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      await worker.terminate()
    },
  }
}

/** A connection over loopback stands at once, or never; the event loop hears of it in its next turns. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 20))
  for (let turns = 0; turns < 3; turns++) await new Promise((resolve) => setImmediate(resolve))
}
