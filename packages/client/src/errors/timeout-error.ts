import { PawlError, type PawlErrorOptions } from './pawl-error.ts'

/** What was waited for when the limit passed; `idle` is also the wait for the first data (`timeout.first`). */
export type TimeoutPhase = 'connect' | 'headers' | 'idle' | 'total'

/**
 * A limit of time passed. `limit` is in milliseconds; NaN when it was one of the runtime's own, whose code is `runtime`.
 * `partial` is what had arrived.
 */
export class TimeoutError extends PawlError {
  override readonly code = 'timeout'
  readonly phase: TimeoutPhase
  readonly limit: number

  constructor(phase: TimeoutPhase, limit: number, options: PawlErrorOptions & { runtime?: string } = {}) {
    const { runtime } = options
    const within = runtime === undefined ? `${limit} ms` : `a limit of the runtime (${runtime}), phase ${phase}`
    const raise = runtime === undefined ? `timeout.${phase}` : 'the limits of the fetch in use'
    super(`${waitedFor[phase]} within ${within}. Raise \`${raise}\` if the server is slow by nature.`, options)
    this.phase = phase
    this.limit = limit
  }

  override get retryable(): boolean {
    return this.phase !== 'total'
  }
}

const waitedFor: Record<TimeoutPhase, string> = {
  connect: 'The server accepted no connection',
  headers: 'The server sent no response headers',
  idle: 'The answer stalled: no data came',
  total: 'The call was not finished',
}
