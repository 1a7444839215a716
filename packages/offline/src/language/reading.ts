// A text as the rules see it: read once, then only looked at.
import { RequestFault } from '../wire/request-fault.ts'
import { between } from './between.ts'
import { type Clause, clausesOf } from './clauses.ts'
import { type Fact, factsOf } from './facts.ts'
import { type Label, labelsOf } from './labels.ts'
import { type Word, wordsOf } from './words.ts'

/** A text with all that was found in it. */
export interface Reading {
  readonly text: string
  readonly words: readonly Word[]
  readonly facts: readonly Fact[]
  readonly labels: readonly Label[]
  readonly clauses: readonly Clause[]
}

/** Most characters of one turn: the context window of the rules. */
const window = 131_072

/**
 * Reads `text`; relative dates count from `now`.
 * @param toolVerbs see `clausesOf`
 * @throws RequestFault 400 `context_length_exceeded` for more than 131,072 characters
 */
export async function read(text: string, now: Date, toolVerbs?: ReadonlySet<string>): Promise<Reading> {
  if (text.length > window) {
    const message = `The rules read ${window} characters in one turn; these are ${text.length}.`
    throw new RequestFault(400, message, { param: 'messages', code: 'context_length_exceeded' })
  }
  return {
    text,
    words: wordsOf(text),
    facts: await factsOf(text, now),
    labels: labelsOf(text),
    clauses: clausesOf(text, toolVerbs),
  }
}

/** The part of a reading between two places, with places counted from its start. */
export function excerpt(reading: Reading, start: number, end: number): Reading {
  const text = reading.text.slice(start, end)
  const inside = <T extends { readonly start: number; readonly end: number }>(all: readonly T[]) =>
    between(all, start, end).map((one) => ({ ...one, start: one.start - start, end: one.end - start }))
  return {
    text,
    words: inside(reading.words),
    facts: inside(reading.facts),
    labels: labelsOf(text),
    clauses: inside(reading.clauses),
  }
}
