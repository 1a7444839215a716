// The effects: a socket on loopback, a line on stderr, the clock.
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { offlineModelId } from './model-id.ts'
import { readBody } from './read-body.ts'
import { findRoute, type Reply } from './routes.ts'
import { fingerprint } from './wire/fingerprint.ts'
import { RequestFault } from './wire/request-fault.ts'

/** How the server runs. */
export interface OfflineServerOptions {
  /** 0, the default, takes any free port. */
  port?: number | undefined
  /** Leaves out the line on stderr that says that rules answer here. */
  quiet?: boolean | undefined
  /** Milliseconds between the events of a stream, to be watched; 0 by default. */
  pace?: number | undefined
  /** Most bytes of a request body; 16 MiB by default. More is answered with 413. */
  bodyLimit?: number | undefined
  /** What "today" and `created` are taken from; the clock of the machine by default. */
  now?: (() => Date) | undefined
}

/** A server that listens. */
export interface OfflineServer {
  /** Takes the place of `baseURL`, `/v1` included. */
  readonly url: string
  readonly port: number
  /** Stops listening and ends open connections; resolves when the port is free. Closing twice is fine. */
  close(): Promise<void>
}

/**
 * Starts the rule-based stand-in on 127.0.0.1: chat completions, plain and streamed, without a language model and without a network.
 * @throws Error as `listen` gives it, `EADDRINUSE` when the port is taken
 */
export async function offlineServer(options: OfflineServerOptions = {}): Promise<OfflineServer> {
  const { port = 0, quiet = false, pace = 0, bodyLimit = 16 * 1024 * 1024, now = () => new Date() } = options
  const server = nodeHttp().createServer((request, response) => {
    void respond(request, response, { pace, bodyLimit, now })
  })
  await listen(server, port)
  const address = server.address()
  const taken = typeof address === 'object' && address !== null ? address.port : port
  const url = `http://127.0.0.1:${taken}/v1`
  if (!quiet)
    process.stderr.write(
      `${offlineModelId}: rules answer at ${url}, not a language model; they match words and copy values.\n`,
    )
  let closed: Promise<void> | undefined
  return {
    url,
    port: taken,
    close: () => {
      closed ??= close(server)
      return closed
    },
  }
}

interface Settings {
  readonly pace: number
  readonly bodyLimit: number
  readonly now: () => Date
}

async function respond(request: IncomingMessage, response: ServerResponse, settings: Settings): Promise<void> {
  // A client that goes away in the middle is no fault of the server.
  response.on('error', () => {})
  try {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
    const { route } = findRoute(request.method ?? 'GET', pathname)
    const body = await readBody(request, settings.bodyLimit)
    response.setHeader('x-request-id', `req_${fingerprint(body)}`)
    await send(response, await route(body, settings.now()), settings.pace)
  } catch (error) {
    if (request.destroyed && !request.complete && !(error instanceof RequestFault)) return
    sendFault(
      response,
      error instanceof RequestFault ? error : new RequestFault(500, 'The rules failed on this request.'),
    )
  }
}

async function send(response: ServerResponse, reply: Reply, pace: number): Promise<void> {
  if (reply.type === 'json') {
    response.writeHead(reply.status, { 'content-type': 'application/json' }).end(JSON.stringify(reply.body))
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' })
  for (const data of reply.events) {
    if (response.destroyed) return
    if (!response.write(`data: ${data}\n\n`)) await drained(response)
    if (pace > 0) await new Promise((resolve) => setTimeout(resolve, pace))
  }
  response.end()
}

/** When the buffer is empty again, or nobody reads any more. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done)
      resolve()
    }
    response.on('drain', done).on('close', done)
  })
}

function sendFault(response: ServerResponse, fault: RequestFault): void {
  if (response.headersSent) return void response.destroy()
  // What is left of a body that is too large is not read: the connection ends with the answer.
  if (fault.status === 413) response.setHeader('connection', 'close')
  response.writeHead(fault.status, { 'content-type': 'application/json' }).end(JSON.stringify(fault.body))
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

/** The door to `node:http`, opened at first use, so that importing the package opens nothing. */
function nodeHttp(): typeof import('node:http') {
  const http = globalThis.process?.getBuiltinModule?.('node:http')
  if (http) return http
  throw new Error('offlineServer needs Node 22.13 or newer: this runtime has no process.getBuiltinModule("node:http").')
}
