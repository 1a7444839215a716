/** The value of a completion that was asked for with `responseFormat`. */

import type { ChatCompletion } from '@pawl/client'
import type { Output, Schema } from '@pawl/schema'
import { firstTurn, judge } from '../ask/turn.ts'
import { wireOf } from '../ask/wire-of.ts'
import { failureError } from '../failure-error.ts'
import { addUsage, noUsage } from '../usage.ts'

/**
 * Reads the first choice.
 * @throws RefusalError, ContentFilterError, OutputLimitError or StructuredOutputError, each with the text, the partial
 * value and the completion
 */
export function parseCompletion<S extends Schema>(completion: ChatCompletion, schema: S): Output<S> {
  const wire = wireOf(schema)
  const form = { name: 'answer', json: wire.json, strict: true }
  const task = {
    wire,
    form,
    messages: [],
    settings: {},
    call: {},
    mode: 'json_schema',
    repairs: 0,
    continuations: 0,
  } as const
  const verdict = judge(task, firstTurn(task, 'json_schema'), completion)
  if (verdict.type === 'value') return verdict.reading.value
  // without repairs and continuations there is no next turn
  if (verdict.type === 'next') throw new TypeError('A completion that is only read asks for nothing.')
  throw failureError(verdict, { wire, completions: [completion], usage: addUsage(noUsage, completion.usage) })
}
