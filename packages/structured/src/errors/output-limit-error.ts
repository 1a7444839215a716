import { ExtractionError, type ExtractionErrorOptions } from './extraction-error.ts'

/** The answer reached the output limit before the value was complete. */
export class OutputLimitError extends ExtractionError {
  static override readonly name: string = 'OutputLimitError'
  override readonly code = 'output_limit'

  constructor(options: ExtractionErrorOptions) {
    super(
      `The answer was cut off by the output limit after ${options.text.length} characters. ` +
        'Raise max_completion_tokens, ask for less, or let extract go on with `continuations`.',
      options,
    )
  }
}
