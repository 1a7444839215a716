/** One fault of the catalogue: what the server does, what is called, and how it must end. */

import type { CallOptions, ClientOptions, RequestPlain } from '@pawl/client'
import type { FaultServer, FaultServerOptions } from '../../src/index.ts'

/** The three ways to ask for a completion. */
export type Call = 'create' | 'streamRaw' | 'stream'

/** Sockets of Node, or `fetch`: what a fault comes to is the same over both. */
export type Transport = 'node' | 'fetch'

/** A value, a part of an object, a pattern of a text, or a claim about it. */
export type Expected = unknown

export interface Failure {
  /** the class that must be thrown */
  readonly error: string | RegExp
  /** the text that must have arrived, in `error.partial` */
  readonly partial?: string | RegExp | undefined
  /** what its fields must be */
  readonly [field: string]: Expected
}

/** What a scenario's own `run` works with: the options hold the canaries. */
export interface Stage {
  readonly server: FaultServer
  readonly client: ClientOptions
  readonly options: CallOptions
}

export interface Scenario {
  /** of the catalogue */
  readonly id: string
  readonly what: string
  readonly script?: FaultServerOptions['script'] | undefined
  readonly tls?: FaultServerOptions['tls'] | undefined
  /** all three when left out */
  readonly calls?: readonly Call[] | undefined
  /** both when left out */
  readonly transports?: readonly Transport[] | undefined
  readonly client?: ClientOptions | undefined
  /** `maxRetries` is 0 when left out */
  readonly options?: CallOptions | undefined
  readonly body?: Partial<RequestPlain> | undefined
  /** in place of the calls */
  readonly run?: ((stage: Stage) => Promise<unknown>) | undefined
  /** what the result must hold, or what must be thrown */
  readonly ends: { readonly [field: string]: Expected } | Failure
  /** requests that reached the server */
  readonly requests: number
}

export function isFailure(ends: Scenario['ends']): ends is Failure {
  return 'error' in ends
}
