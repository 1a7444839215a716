import { PawlError } from '@pawl/client'

/** A replay that took another way than the record: at this event, this was on record, and that came instead. */
export class ReplayError extends PawlError {
  static override readonly name: string = 'ReplayError'
  override readonly code = 'replay_differs'
  readonly at: number
  readonly expected: unknown
  readonly actual: unknown

  constructor(at: number, expected: unknown, actual: unknown) {
    super(
      `The replay differs from the record at event ${at}: ${describe(expected)} is on record, ${describe(actual)} came.`,
    )
    this.at = at
    this.expected = expected
    this.actual = actual
  }
}

function describe(event: unknown): string {
  return typeof event === 'object' && event !== null && 'type' in event
    ? String(event.type)
    : typeof event === 'string'
      ? event
      : 'nothing'
}
