/** What was there when an error of the model ended an extraction. */

import { type ChatCompletion, isPawlError, type Usage } from '@pawl/client'
import { partialValue, type Task, type Turn } from './ask/turn.ts'
import { addUsage } from './usage.ts'

/**
 * The same error, with the value as far as it had come as its `partial`, and with the usage of all answers, this one too.
 * @param usage of the answers before
 */
export function interrupted<T>(error: unknown, task: Task<T>, turn: Turn, usage: Usage): unknown {
  if (!isPawlError(error)) return error
  const completion = isCompletion(error.partial) ? error.partial : undefined
  return Object.assign(error, {
    partial: partialValue(task, turn, completion),
    usage: addUsage(usage, completion?.usage),
  })
}

function isCompletion(partial: unknown): partial is ChatCompletion {
  return typeof partial === 'object' && partial !== null && 'choices' in partial && Array.isArray(partial.choices)
}
