import type { Issue } from '@pawl/schema'
import { ExtractionError, type ExtractionErrorOptions } from './extraction-error.ts'

/** The answer is not JSON or does not fit the schema, and the repairs are used up. */
export class StructuredOutputError extends ExtractionError {
  static override readonly name: string = 'StructuredOutputError'
  override readonly code = 'structured_output'
  /** what is wrong, with the place in the schema; values may stand in the messages */
  readonly issues: readonly Issue[]

  constructor(issues: readonly Issue[], options: ExtractionErrorOptions) {
    const answers = options.completions.length
    super(
      `The answer has no value of the schema after ${answers === 1 ? '1 answer' : `${answers} answers`}: ${placesOf(issues)}.`,
      options,
    )
    this.issues = issues
  }
}

/** Where it is wrong; what the model wrote there is payload and stays out of the message. */
function placesOf(issues: readonly Issue[]): string {
  const places = issues.slice(0, 5).map(({ path }) => (path.length === 0 ? '(root)' : path.join('.')))
  const more = issues.length - places.length
  return `see \`issues\`, at ${places.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
