import { PawlError, type PawlErrorOptions } from './pawl-error.ts'

/** What was waited for when the limit passed; `idle` is also the wait for the first data (`timeout.first`). */
export type TimeoutPhase = 'connect' | 'headers' | 'idle' | 'total'

/**
 * A limit of time passed. `limit` is in milliseconds; NaN when it was one of the runtime's own.
 * `partial` is what had arrived.
 */
export class TimeoutError extends PawlError {
  static override readonly name: string = 'TimeoutError'
  override readonly code = 'timeout'
  readonly phase: TimeoutPhase
  readonly limit: number

  /** @param options what the limit is, and what raises it, where it is not one of the client's */
  constructor(
    phase: TimeoutPhase,
    limit: number,
    {
      within = `${limit} ms`,
      raise = `timeout.${phase}`,
      ...options
    }: PawlErrorOptions & { within?: string; raise?: string } = {},
  ) {
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
