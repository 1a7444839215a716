// A text as the rules see it: read once, then only looked at.
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

/** Reads `text`; relative dates count from `now`. @param toolVerbs see `clausesOf` */
export async function read(text: string, now: Date, toolVerbs?: ReadonlySet<string>): Promise<Reading> {
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
    all
      .filter((one) => one.start >= start && one.end <= end)
      .map((one) => ({ ...one, start: one.start - start, end: one.end - start }))
  return {
    text,
    words: inside(reading.words),
    facts: inside(reading.facts),
    labels: labelsOf(text),
    clauses: inside(reading.clauses),
  }
}
