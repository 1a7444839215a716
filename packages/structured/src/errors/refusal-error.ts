import { ExtractionError, type ExtractionErrorOptions } from './extraction-error.ts'

/** The model refused. Asking again gives the same answer, so no repair is tried. */
export class RefusalError extends ExtractionError {
  static override readonly name: string = 'RefusalError'
  override readonly code = 'refusal'
  /** in the model's words */
  readonly refusal: string

  constructor(refusal: string, options: ExtractionErrorOptions) {
    super('The model refused to answer; `refusal` holds its words.', options)
    this.refusal = refusal
  }
}
