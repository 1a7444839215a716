/** A schema that cannot be told to a model. */

import { type Path, pathText } from './issue.ts'

/**
 * Thrown when a schema is defined (or, for a schema that validates asynchronously, when it first decodes).
 * It answers to `isPawlError` of the client by its marker, since this package depends on nothing.
 */
export class SchemaError extends Error {
  static {
    Object.defineProperty(SchemaError.prototype, Symbol.for('pawl.error'), { value: true })
  }

  override readonly name = 'SchemaError'
  readonly code = 'schema_error'
  readonly retryable = false
  /** where in the user's schema */
  readonly path: Path

  /** @param instead what to write in its place, as an ending of the sentence "Use …" */
  constructor(path: Path, problem: string, instead?: string, options?: { cause?: unknown }) {
    super(`${pathText(path)}: ${problem}.${instead === undefined ? '' : ` Use ${instead}.`}`, options)
    this.path = path
  }
}
