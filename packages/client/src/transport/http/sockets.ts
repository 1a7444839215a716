/** The door to the sockets of Node. */

import type { Socket } from 'node:net'

export type { Socket }

export interface Target {
  readonly secure: boolean
  readonly host: string
  readonly port: number
  /** whom the certificate must name; undefined for an address without a name */
  readonly servername: string | undefined
}

/** What reads of sockets are written to. They are read one after the other, so that one is enough for all of them. */
let shared: Buffer | undefined

/** On Windows a read may have its place before it has its bytes. */
function readBuffer(): Buffer {
  if (process.platform === 'win32') return Buffer.allocUnsafeSlow(readSize)
  shared ??= Buffer.allocUnsafeSlow(readSize)
  return shared
}

const readSize = 64 * 1024

/**
 * Opens a connection. It is ready at `connect`, with TLS at `secureConnect`.
 * @param read told of bytes, which are there only until it returns; false stops the reading until `resume()`
 * @param session of a connection before, so that the handshake is short
 */
export function openSocket(target: Target, read: (bytes: Buffer) => boolean, session: Buffer | undefined): Socket {
  const { secure, host, port, servername } = target
  const onread = {
    buffer: readBuffer(),
    callback: (size: number, bytes: Uint8Array) => read((bytes as Buffer).subarray(0, size)),
  }
  const options = { host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 1000, onread }
  if (!secure) return process.getBuiltinModule('node:net').connect(options)
  const names = { ...(servername !== undefined && { servername }), ...(session && { session }) }
  return process.getBuiltinModule('node:tls').connect({ ...options, ...names, ALPNProtocols: ['http/1.1'] })
}
