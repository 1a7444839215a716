import { ExtractionError, type ExtractionErrorOptions } from './extraction-error.ts'

/** The server's content filter ended the answer. */
export class ContentFilterError extends ExtractionError {
  static override readonly name: string = 'ContentFilterError'
  override readonly code = 'content_filter'

  constructor(options: ExtractionErrorOptions) {
    super("The answer was ended by the server's content filter.", options)
  }
}
