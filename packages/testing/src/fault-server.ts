/** A chat-completions server that fails as told: real sockets, exact bytes, loopback only. */

import { answering } from './fault/answering.ts'
import { type Connection, connection } from './fault/connection.ts'
import { checkName, replyNamed } from './fault/names.ts'
import type { Reply } from './fault/reply.ts'
import type { ReceivedRequest } from './fault/request-reader.ts'
import { type Certificate, listen, type Socket } from './net.ts'
import type { Answer, WholeAnswer } from './script/turn.ts'

/** A name of the table `faults`, an answer of a script (`says('…')`), or the reply itself. */
export type FaultReply = string | Answer | WholeAnswer | Reply

/** What one request gets; a function is told the request and its number, from 1. */
export type FaultStep = FaultReply | ((request: ReceivedRequest, number: number) => FaultReply | Promise<FaultReply>)

/** What the server does, and over what. */
export interface FaultServerOptions {
  /** One step a request, over all connections; the last repeats. `ok` when left out. */
  readonly script?: FaultStep | readonly FaultStep[] | undefined
  /** serves https with this certificate */
  readonly tls?: Certificate | undefined
}

/** A running server, and what it has met. */
export interface FaultServer extends AsyncDisposable {
  /** what a client takes as `baseURL`, `/v1` included */
  readonly url: string
  /** in the order in which they were complete */
  readonly requests: readonly ReceivedRequest[]
  /** in the order in which they were opened */
  readonly connections: readonly Connection[]
  /** Closes every connection and the port. */
  close(): Promise<void>
}

/**
 * Starts a server: `await faultServer({ script: ['status:429;retry-after=1', 'cut@120', says('Take a coat.')] })`.
 * A step that throws answers 400 with its message.
 * @throws Error when the script holds a name that the table `faults` does not know
 */
export async function faultServer({ script = 'ok', tls }: FaultServerOptions = {}): Promise<FaultServer> {
  const steps = Array.isArray(script) ? (script as readonly FaultStep[]) : [script as FaultStep]
  for (const step of steps) if (typeof step === 'string') checkName(step)
  const requests: ReceivedRequest[] = []
  const connections: Connection[] = []
  const sockets = new Set<Socket>()

  const listener = await listen((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    connections.push(
      connection(socket, connections.length, async (request) => {
        const number = requests.push(request)
        return await toReply(steps[Math.min(number, steps.length) - 1] ?? 'ok', request, number)
      }),
    )
  }, tls)

  const close = async () => {
    for (const socket of sockets) socket.destroy()
    await listener.close()
  }
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${listener.port}/v1`,
    requests,
    connections,
    close,
    [Symbol.asyncDispose]: close,
  }
}

async function toReply(step: FaultStep, request: ReceivedRequest, number: number): Promise<Reply> {
  try {
    const reply = typeof step === 'function' ? await step(request, number) : step
    if (typeof reply === 'string') return replyNamed(reply, request, number)
    return 'type' in reply ? answering(reply)(request, number) : reply
  } catch (error) {
    return { status: 400, body: JSON.stringify({ error: { message: `The script failed: ${error}` } }) }
  }
}
