import { type ChatCompletion, PawlError, type PawlErrorOptions, type Usage } from '@pawl/client'

/** What was there when an extraction failed. */
export interface ExtractionErrorOptions extends PawlErrorOptions {
  /** the model's text: content, or the arguments of the forced call; joined over continuations */
  text: string
  /** every answer in order, the failed one last */
  completions: readonly ChatCompletion[]
  /** of all answers together */
  usage: Usage
}

/**
 * The model answered, but there is no value. Each reason has its own subclass.
 * `partial` is the value as far as the text goes, in the form of a partial of `extract`; undefined where no JSON began.
 */
export class ExtractionError extends PawlError {
  static override readonly name: string = 'ExtractionError'
  override readonly code: 'refusal' | 'content_filter' | 'output_limit' | 'structured_output' = 'structured_output'
  /** the model's text; joined over continuations */
  readonly text: string
  /** every answer in order, the failed one last */
  readonly completions: readonly ChatCompletion[]
  /** of all answers together */
  override readonly usage: Usage

  constructor(message: string, options: ExtractionErrorOptions) {
    super(message, options)
    this.text = options.text
    this.completions = options.completions
    this.usage = options.usage
  }
}
