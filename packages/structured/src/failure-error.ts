/** The error that tells why there is no value. */

import type { ChatCompletion, Usage } from '@pawl/client'
import type { WireSchema } from '@pawl/schema'
import type { Failure } from './ask/turn.ts'
import { ContentFilterError } from './errors/content-filter-error.ts'
import type { ExtractionError } from './errors/extraction-error.ts'
import { OutputLimitError } from './errors/output-limit-error.ts'
import { RefusalError } from './errors/refusal-error.ts'
import { StructuredOutputError } from './errors/structured-output-error.ts'
import { partialOf } from './read/view-partials.ts'

export interface Circumstances {
  readonly wire: WireSchema<unknown, any>
  readonly completions: readonly ChatCompletion[]
  readonly usage: Usage
}

export function failureError(failure: Failure, { wire, completions, usage }: Circumstances): ExtractionError {
  const { text } = failure
  const facts = { text, completions, usage, partial: partialOf(wire, text) }
  switch (failure.type) {
    case 'refused':
      return new RefusalError(failure.refusal, facts)
    case 'filtered':
      return new ContentFilterError(facts)
    case 'cut':
      return new OutputLimitError(facts)
    case 'broken':
      return new StructuredOutputError(failure.issues, facts)
  }
}
