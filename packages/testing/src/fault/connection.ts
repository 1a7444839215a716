/** One connection of the faulty server: reads requests, writes replies byte for byte. */

import type { Socket } from '../net.ts'
import type { Reply } from './reply.ts'
import { type ReceivedRequest, requestReader } from './request-reader.ts'
import { writesOf } from './writes.ts'

/** One socket of a client. */
export interface Connection {
  readonly open: boolean
  /** its last reply was sent whole, and it waits for the next request */
  readonly idle: boolean
  /** resolves when the socket is closed, by whichever side */
  readonly closed: Promise<void>
  /** bytes that the sockets have taken, read or not */
  readonly written: number
}

/** Answers the requests of `socket` one after the other. */
export function connection(
  socket: Socket,
  number: number,
  answer: (request: ReceivedRequest) => Promise<Reply>,
): Connection {
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  const read = requestReader(number)
  let served = Promise.resolve()
  let idle = true
  socket.setNoDelay(true)
  // A reset by the other side is what many scenarios are about, and `close` follows it.
  socket.on('error', () => {})
  socket.on('close', () => resolve())
  socket.on('data', (bytes) => {
    for (const request of read(bytes)) {
      served = served
        .then(async () => {
          idle = false
          idle = await send(socket, await answer(request), closed)
        })
        .catch(() => void socket.destroy())
    }
  })
  return {
    closed,
    get open() {
      return !socket.destroyed
    },
    get idle() {
      return idle
    },
    get written() {
      return socket.bytesWritten - socket.writableLength
    },
  }
}

/** Resolves with whether the connection is kept for the next request. */
async function send(socket: Socket, reply: Reply, closed: Promise<void>): Promise<boolean> {
  let first = true
  for (const bytes of writesOf(reply)) {
    if (socket.destroyed) return false
    if (!first && reply.pause) await sleep(reply.pause)
    else if (!first && reply.pieces) await turn()
    first = false
    if (!socket.write(bytes)) await Promise.race([drained(socket), closed])
  }
  const ending = reply.ending ?? (reply.framing === 'close' ? 'close' : 'keep')
  if (ending === 'close' || ending === 'cut') socket.end()
  if (ending === 'stall') await closed
  if (ending === 'reset') {
    await arrived(socket)
    socket.resetAndDestroy()
  }
  return ending === 'keep'
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('drain', resolve))
}

/** A reset may overtake bytes that the reader has not taken yet; so it waits until they are written, and some turns more. */
async function arrived(socket: Socket): Promise<void> {
  if (socket.writableLength > 0) await drained(socket)
  for (let turns = 0; turns < 5; turns++) await turn()
  await sleep(10)
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
