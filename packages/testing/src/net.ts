/** The door to raw sockets. */

import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'

export type { Socket }

/** A key and its certificate, both PEM. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

/** An open port. */
export interface Listener {
  readonly port: number
  /** Takes no more connections; those that are open stay. */
  close(): Promise<void>
}

/** Listens on a free port of the loopback interface. */
export async function listen(onConnection: (socket: Socket) => void, certificate?: Certificate): Promise<Listener> {
  const server = certificate ? createTlsServer({ ...certificate }, onConnection) : createServer(onConnection)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return { port, close: () => new Promise<void>((resolve) => server.close(() => resolve())) }
}
