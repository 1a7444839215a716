/** The transport of Node: keep-alive sockets of `node:http` and `node:https`, opened at first use. It costs a third of `fetch`. */

import type { Agent, ClientRequest, IncomingMessage, OutgoingHttpHeaders, RequestOptions } from 'node:http'
import { ProtocolError } from '../errors/protocol-error.ts'
import type { Watch } from '../watch.ts'
import { connectionFault } from './connection-fault.ts'
import { staleSockets } from './stale-sockets.ts'
import { moment, type Transport, type TransportResponse } from './transport.ts'

export const nodeTransport: Transport = (request, watch) =>
  new Promise((resolve, reject) => {
    const { body, headers, method, url } = request
    const { door, authority, options } = placeOf(url)
    const bytes = body === undefined ? undefined : Buffer.byteLength(body)
    const sent = door.request({ ...options, method, agent: door.agent, headers: headerList(headers, authority, bytes) })
    let answered = false
    watch.onStop((error) => {
      sent.destroy()
      reject(error)
    })
    sent.on('socket', (socket) => {
      if (!socket.connecting) return watch.wait('headers', request.headersLimit)
      watch.wait('connect', request.connect)
      socket.once(door.secure ? 'secureConnect' : 'connect', () => {
        if (!answered) watch.wait('headers', request.headersLimit)
      })
    })
    sent.on('response', (incoming) => {
      answered = true
      resolve(new NodeResponse(incoming, url, watch))
    })
    sent.on('error', (cause) => {
      if (answered) return
      const fault = connectionFault(cause, url)
      // No byte of an answer came on a kept connection: it was closed by the other side before it was used again.
      if (sent.reusedSocket && fault.reason === 'reset') {
        staleSockets.add(fault)
        // Others that were kept as long are as dead; the next attempt shall have a fresh one.
        for (const kept of door.agent.freeSockets[door.agent.getName(options)] ?? []) kept.destroy()
      }
      reject(fault)
    })
    // A text of as many bytes as characters is ASCII, and goes out without being encoded.
    sent.end(body, bytes === body?.length ? 'latin1' : 'utf8')
  })

/**
 * Headers that are given as a list are written at once, and not kept one by one before. A host of the caller's own has to
 * be kept: the name of a TLS server is taken from it.
 */
function headerList(
  headers: Readonly<Record<string, string>>,
  authority: string,
  bytes: number | undefined,
): OutgoingHttpHeaders | string[] {
  const length = bytes === undefined ? undefined : String(bytes)
  if (Object.hasOwn(headers, 'host')) return { ...headers, ...(length !== undefined && { 'content-length': length }) }
  const list = ['host', authority]
  for (const name of Object.keys(headers)) list.push(name, headers[name] ?? '')
  if (length !== undefined) list.push('content-length', length)
  return list
}

/** Bytes that are held for a reader that is slow, before the socket is told to wait. */
const mostHeld = 128 * 1024

/** An answer's bytes, as they came or unpacked. */
type Body = Pick<NodeJS.ReadableStream, 'on' | 'pause' | 'resume'> & { destroy(error?: Error): unknown }

/** A class, since an object with a getter of its own is a kind of its own to the engine, and kept as such. */
class NodeResponse implements TransportResponse {
  readonly status: number
  readonly #incoming: IncomingMessage
  readonly #body: Body
  readonly #pieces: Uint8Array[] = []
  #headers: Readonly<Record<string, string>> | undefined
  #held = 0
  #failure: unknown
  #ended = false
  #wanted = true
  #waiting: PromiseWithResolvers<Uint8Array | undefined> | undefined

  constructor(incoming: IncomingMessage, url: string, watch: Watch) {
    const body = decoded(incoming)
    this.status = incoming.statusCode ?? 0
    this.#incoming = incoming
    this.#body = body
    body.on('data', (bytes: Uint8Array) => this.#take(bytes))
    body.on('end', () => this.#end())
    incoming.on('error', (cause) => this.#fail(watch.stopped ?? connectionFault(cause, url)))
    if (body !== incoming) {
      body.on('error', (cause) => this.#fail(watch.stopped ?? damaged(cause)))
      incoming.on('close', () => {
        if (!incoming.complete) body.destroy(this.#failure instanceof Error ? this.#failure : undefined)
      })
    }
    body.on('close', () => {
      if (!this.#ended)
        this.#fail(watch.stopped ?? new ProtocolError('truncated', 'The body broke off before its end.'))
    })
    watch.onStop((error) => {
      this.#fail(error)
      incoming.destroy()
    })
  }

  /** Of most answers nobody reads them. */
  get headers(): Readonly<Record<string, string>> {
    this.#headers ??= flat(this.#incoming)
    return this.#headers
  }

  read(): Promise<Uint8Array | undefined> {
    const bytes = this.#pieces.length > 1 ? Buffer.concat(this.#pieces) : this.#pieces[0]
    if (bytes) {
      this.#pieces.length = 0
      if (this.#held > mostHeld) this.#body.resume()
      this.#held = 0
      return Promise.resolve(bytes)
    }
    if (this.#failure !== undefined) return Promise.reject(this.#failure)
    if (this.#ended) return Promise.resolve(undefined)
    this.#waiting = Promise.withResolvers()
    return this.#waiting.promise
  }

  finish(): void {
    this.#wanted = false
    const incoming = this.#incoming
    if (incoming.destroyed) return
    this.#body.resume()
    if (incoming.complete) return
    const timer = setTimeout(() => incoming.destroy(), moment)
    timer.unref()
    incoming.on('close', () => clearTimeout(timer))
  }

  cancel(): void {
    this.#incoming.destroy()
  }

  #take(bytes: Uint8Array): void {
    if (this.#waiting) {
      this.#waiting.resolve(bytes)
      this.#waiting = undefined
    } else if (this.#wanted) {
      this.#pieces.push(bytes)
      this.#held += bytes.length
      if (this.#held > mostHeld) this.#body.pause()
    }
  }

  #end(): void {
    this.#ended = true
    this.#waiting?.resolve(undefined)
    this.#waiting = undefined
  }

  #fail(error: unknown): void {
    this.#failure ??= error
    this.#waiting?.reject(this.#failure)
    this.#waiting = undefined
  }
}

/** A gateway that compresses without being asked is understood. */
function decoded(incoming: IncomingMessage): Body {
  const encoding = encodingOf(incoming)
  if (encoding !== 'gzip' && encoding !== 'deflate' && encoding !== 'br') return incoming
  const zlib = process.getBuiltinModule('node:zlib')
  const decoder = encoding === 'br' ? zlib.createBrotliDecompress() : zlib.createUnzip()
  return incoming.pipe(decoder)
}

function encodingOf({ rawHeaders }: IncomingMessage): string | undefined {
  const at = rawHeaders.findIndex((text, index) => index % 2 === 0 && text.toLowerCase() === 'content-encoding')
  return at === -1 ? undefined : rawHeaders[at + 1]
}

/** `Z_BUF_ERROR` is zlib's word for an end too early. */
function damaged(cause: Error): ProtocolError {
  const cut = 'code' in cause && cause.code === 'Z_BUF_ERROR'
  return cut
    ? new ProtocolError('truncated', 'The compressed body broke off before its end.', { cause })
    : new ProtocolError('malformed', 'The compressed body is damaged.', { cause })
}

function flat({ headers }: IncomingMessage): Record<string, string> {
  const joined: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined && name !== '__proto__') joined[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return joined
}

/** `http` or `https`, with the agent that keeps its connections: one of each in the process. */
interface Door {
  readonly secure: boolean
  readonly agent: Agent
  request(options: RequestOptions): ClientRequest
}

interface Place {
  readonly door: Door
  /** for the header `host` */
  readonly authority: string
  readonly options: RequestOptions & { readonly servername?: string }
}

const doors: { http?: Door; https?: Door } = {}
const places = new Map<string, Place>()

let last: { readonly address: string; readonly place: Place } | undefined

/** Addresses repeat, and taking one apart costs as much as a tenth of a request. */
function placeOf(address: string): Place {
  if (address !== last?.address) last = { address, place: places.get(address) ?? newPlace(address) }
  return last.place
}

function newPlace(address: string): Place {
  const { protocol, host: authority, hostname, port, pathname, search } = new URL(address)
  const door = doorOf(protocol === 'https:')
  // IPv6 addresses stand in brackets in a URL, and without them in a socket.
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const options = { hostname: host, port: port || (door.secure ? 443 : 80), path: pathname + search, ...nameless(door) }
  const place = { door, authority, options }
  if (places.size >= 256) places.clear()
  places.set(address, place)
  return place
}

/** Without TLS there is no name to be shown; the agent would work one out of the headers for each request. */
function nameless({ secure }: Door): { servername?: string } {
  return secure ? {} : { servername: '' }
}

function doorOf(secure: boolean): Door {
  const name = secure ? 'https' : 'http'
  const door = doors[name] ?? openDoor(secure)
  doors[name] = door
  return door
}

function openDoor(secure: boolean): Door {
  const { Agent, request } = process.getBuiltinModule(secure ? 'node:https' : 'node:http')
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 4096, scheduling: 'lifo' })
  return { secure, agent, request }
}
