/** The transport of Node: keep-alive sockets of `node:http` and `node:https`, opened at first use. It costs a third of `fetch`. */

import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import type { Readable } from 'node:stream'
import { ConnectionError } from '../errors/connection-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import type { Watch } from '../watch.ts'
import { connectionFault } from './connection-fault.ts'
import type { Transport, TransportRequest, TransportResponse } from './transport.ts'

interface Door {
  request(url: URL, options: RequestOptions): ClientRequest
  readonly agent: Agent
}

const doors = new Map<string, Door>()

export const nodeTransport: Transport = (request, watch) =>
  new Promise((resolve, reject) => {
    const url = new URL(request.url)
    const { body, headers, method } = request
    const length = body === undefined ? undefined : Buffer.byteLength(body)
    const door = doorFor(url.protocol)
    const sent = door.request(url, {
      method,
      agent: door.agent,
      headers: length === undefined ? headers : { ...headers, 'content-length': length },
    })
    let answered = false
    watch.onStop((error) => {
      sent.destroy()
      reject(error)
    })
    sent.once('socket', (socket) => {
      if (!socket.connecting) return watch.phase('headers', request.headersLimit)
      watch.phase('connect', request.connect)
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        if (!answered) watch.phase('headers', request.headersLimit)
      })
    })
    sent.once('response', (incoming) => {
      answered = true
      resolve(responseOf(incoming, request, watch))
    })
    sent.on('error', (cause) => {
      const fault = connectionFault(cause, request.url)
      // A kept connection that was dead already: no byte of an answer came, so the server may not even have seen the request.
      if (!answered && sent.reusedSocket && fault.reason === 'reset') staleSockets.add(fault)
      reject(fault)
    })
    sent.end(body)
  })

const staleSockets = new WeakSet<ConnectionError>()

/** Whether this fault is of a kept connection that the other side had closed. */
export function isStaleSocket(error: unknown): boolean {
  return error instanceof ConnectionError && staleSockets.has(error)
}

function responseOf(incoming: IncomingMessage, request: TransportRequest, watch: Watch): TransportResponse {
  const body = decoded(incoming)
  const truncated = (cause: unknown) => new ProtocolError('truncated', 'The body broke off before its end.', { cause })
  let failure: unknown
  let waiting: { resolve(bytes: Uint8Array | undefined): void; reject(error: unknown): void } | undefined
  let ended = false
  const settle = () => {
    if (!waiting) return
    const { resolve, reject } = waiting
    const bytes: Uint8Array | null = body.read()
    if (bytes !== null) {
      waiting = undefined
      resolve(bytes)
    } else if (failure !== undefined) {
      waiting = undefined
      reject(failure)
    } else if (ended) {
      waiting = undefined
      resolve(undefined)
    }
  }
  const fail = (error: unknown) => {
    failure ??= error
    settle()
  }
  body.on('readable', settle)
  body.on('end', () => {
    ended = true
    settle()
  })
  body.on('error', (cause) =>
    fail(watch.stopped ?? (body === incoming ? connectionFault(cause, request.url) : truncated(cause))),
  )
  if (body !== incoming) incoming.on('error', (cause) => fail(watch.stopped ?? connectionFault(cause, request.url)))
  body.on('close', () => {
    if (!ended) fail(watch.stopped ?? truncated(undefined))
  })
  watch.onStop((error) => {
    fail(error)
    incoming.destroy()
  })

  const read = () =>
    new Promise<Uint8Array | undefined>((resolve, reject) => {
      waiting = { resolve, reject }
      settle()
    })
  return {
    status: incoming.statusCode ?? 0,
    headers: flat(incoming),
    read,
    text: (limit = Infinity) => textOf(read, limit),
    cancel: () => void incoming.destroy(),
  }
}

/** We ask for no compression; a gateway that compresses all the same is understood. */
function decoded(incoming: IncomingMessage): Readable {
  const encoding = incoming.headers['content-encoding']
  if (encoding !== 'gzip' && encoding !== 'deflate' && encoding !== 'br') return incoming
  const zlib = process.getBuiltinModule('node:zlib')
  const decoder = encoding === 'br' ? zlib.createBrotliDecompress() : zlib.createUnzip()
  return incoming.pipe(decoder)
}

async function textOf(read: () => Promise<Uint8Array | undefined>, limit: number): Promise<string> {
  const first = await read()
  if (!first) return ''
  const pieces = [first]
  let size = first.length
  while (size < limit) {
    const bytes = await read()
    if (!bytes) break
    pieces.push(bytes)
    size += bytes.length
  }
  return Buffer.concat(pieces).toString('utf8')
}

function flat({ headers }: IncomingMessage): Record<string, string> {
  const joined: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined && name !== '__proto__') joined[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return joined
}

function doorFor(protocol: string): Door {
  const known = doors.get(protocol)
  if (known) return known
  const options = {
    keepAlive: true,
    noDelay: true,
    maxSockets: Infinity,
    maxFreeSockets: 256,
    scheduling: 'lifo',
  } as const
  const door: Door =
    protocol === 'https:'
      ? {
          request: process.getBuiltinModule('node:https').request,
          agent: new (process.getBuiltinModule('node:https').Agent)(options),
        }
      : {
          request: process.getBuiltinModule('node:http').request,
          agent: new (process.getBuiltinModule('node:http').Agent)(options),
        }
  doors.set(protocol, door)
  return door
}
