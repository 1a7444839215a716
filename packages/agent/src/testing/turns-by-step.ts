import type { Message } from '@pawl/client'

/**
 * A script for `scriptedModel` that answers by what is asked: the first turn to a conversation without an answer, the
 * second to one with one answer, and so on; the last turn to all longer ones. The same request gets the same answer, as
 * often as it is asked.
 */
export function turnsByStep<T>(turns: readonly [T, ...T[]]): (request: { readonly messages: readonly Message[] }) => T {
  return ({ messages }) => {
    const answers = messages.filter(({ role }) => role === 'assistant').length
    return turns[Math.min(answers, turns.length - 1)] ?? turns[0]
  }
}
