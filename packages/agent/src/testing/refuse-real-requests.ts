/** A switch for tests: nothing leaves this machine. */

import type { Socket } from 'node:net'
import { RunError } from '../errors/run-error.ts'

const loopback = /^(localhost|127(\.\d+){3}|::1|\[::1\]|::ffff:127(\.\d+){3})$/

interface Target {
  host?: string
  path?: string
}

/**
 * From here on each connection to another machine fails before it is opened, whoever opens it (`fetch`, `node:http`,
 * drivers): the cause is a RunError `real_request`. Loopback and local sockets stay open.
 * @returns ends the refusal; also by `using`
 */
export function refuseRealRequests(): Disposable & (() => void) {
  const { Socket: door } = process.getBuiltinModule('node:net')
  const { prototype } = door
  const connect = prototype.connect
  prototype.connect = function (this: Socket, ...args: any[]) {
    const host = hostOf(args)
    if (host === undefined || loopback.test(host)) return connect.apply(this, args as never)
    const refusal = new RunError('real_request', `A test asked for a connection to ${host}; real requests are refused.`)
    return this.destroy(refusal)
  } as typeof connect
  const end = () => {
    prototype.connect = connect
  }
  return Object.assign(end, { [Symbol.dispose]: end })
}

/** `connect(options)`, `connect(port, host)` and Node's own form of both, a list; undefined for a path of this machine. */
function hostOf(args: readonly any[]): string | undefined {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args
  if (typeof first === 'object' && first !== null) {
    const { host, path }: Target = first
    return path ? undefined : (host ?? 'localhost')
  }
  if (typeof first === 'string' && Number.isNaN(Number(first))) return undefined
  return typeof second === 'string' ? second : 'localhost'
}
