/** Text that is not JSON, or is JSON that must not become an object. */

export class JsonTextError extends Error {
  static {
    Object.defineProperty(JsonTextError.prototype, Symbol.for('pawl.error'), { value: true })
  }

  override readonly name = 'JsonTextError'
  readonly code = 'json_text_error'
  readonly retryable = false
  /** characters before the place where it went wrong; undefined where that is not known */
  readonly position: number | undefined

  constructor(problem: string, position?: number, options?: { cause?: unknown }) {
    super(position === undefined ? problem : `${problem} at position ${position}`, options)
    this.position = position
  }
}
