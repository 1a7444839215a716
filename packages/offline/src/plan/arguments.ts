// The arguments of one tool for one clause: from the text, from earlier results, and several sets where several are meant.

import { affinity } from '../fill/affinity.ts'
import type { Filling } from '../fill/fill-schema.ts'
import { fillSchema, missingOf, toObject } from '../fill/fill-schema.ts'
import type { Slot } from '../fill/slot.ts'
import type { Source } from '../fill/source.ts'
import type { Clause } from '../language/clauses.ts'
import type { Fact } from '../language/facts.ts'
import type { Reading } from '../language/reading.ts'
import type { DecidedCall } from '../wire/completion.ts'
import type { DoneCall } from './done-call.ts'
import { fromResults } from './from-results.ts'
import type { ToolWords } from './tool-words.ts'

/** Everything that arguments may be taken from. */
export interface Known {
  readonly reading: Reading
  readonly tools: readonly ToolWords[]
  readonly done: readonly DoneCall[]
}

/** A tool with its arguments, as far as they are known. */
export interface Prepared {
  readonly tool: ToolWords
  readonly calls: readonly DecidedCall[]
  /** Required slots that nothing fills; the calls are then not complete. */
  readonly missing: readonly Slot[]
  /** Slots for which a result holds several values and the text does not say which. */
  readonly choices: ReadonlyMap<Slot, readonly (string | number)[]>
  /** How many values come out of the text as facts: names, ids, dates. */
  readonly facts: number
}

const atMost = 16

/** Fills the arguments of `tool` for `clause`. */
export function prepare(tool: ToolWords, clause: Clause, known: Known): Prepared {
  const source = sourceOf(clause, known)
  const filling = fillSchema(
    tool.tool.parameters,
    [...(tool.verb === undefined ? [] : [tool.verb]), ...tool.name, ...tool.about],
    source,
  )
  const values = new Map(filling.values)
  const choices = new Map<Slot, readonly (string | number)[]>()
  let variants: readonly Variant[] = textVariants(filling, source)
  const every = /\b(?:each|every|all|both|they|them|those|these|their)\b/i.test(clause.text)
  for (const slot of missingOf(filling)) {
    const brought = fromResults(slot, known.done, known.tools, every)
    if (!brought) continue
    if (brought.ambiguous) choices.set(slot, brought.values)
    else if (brought.values.length === 1) values.set(slot, brought.values[0])
    else if (variants.length === 1) variants = brought.values.map((value) => [slot, value])
    else continue
    if (!brought.ambiguous && !values.has(slot)) values.set(slot, brought.values[0])
  }
  const complete = { ...filling, values }
  const missing = missingOf(complete)
  const calls = (variants.length > 0 ? variants : [undefined]).slice(0, atMost).map((variant) => ({
    name: tool.tool.name,
    arguments: toObject(variant ? { ...complete, values: new Map([...values, variant]) } : complete),
  }))
  return { tool, calls: missing.length > 0 ? [] : calls, missing, choices, facts: filling.facts.size }
}

/** The clause in its request, for the filler. */
export function sourceOf(clause: Clause, { reading, tools }: Known): Source {
  const ignored = new Set(tools.flatMap((tool) => [...tool.name, ...tool.about]))
  return { reading, focus: clause, type: 'request', ignored }
}

type Variant = readonly [Slot, unknown]

/** "P-104 and P-201" for one field: one call each. Where two fields could take such a value, nothing is doubled. */
function textVariants({ slots, facts }: Filling, source: Source): readonly Variant[] {
  for (const [slot, fact] of facts) {
    if (
      slot.shape.type !== 'string' ||
      slots.some(
        (other) =>
          other !== slot &&
          other.accepts.has(fact.kind) &&
          other.accepts.get(fact.kind) === slot.accepts.get(fact.kind),
      )
    )
      continue
    const group = coordinated(fact, source)
    if (group.length > 1 && group.every((one) => affinity(slot, one, source) > 0))
      return group.map((one) => [slot, one.value])
  }
  return []
}

/** Facts of one kind that are named in a row: "A, B and C", "A or B", "A with B". */
function coordinated(fact: Fact, { reading, focus }: Source): readonly Fact[] {
  const alike = reading.facts.filter((one) => sameKind(one, fact) && one.start >= focus.start && one.end <= focus.end)
  const joined = alike.every((one, index) => {
    const next = alike[index + 1]
    return (
      !next ||
      /^\s*(?:,|;|&|\/|\b(?:and|or|vs\.?|versus|with|to|than|as well as)\b)[\s\w,]{0,24}$/i.test(
        reading.text.slice(one.end, next.start),
      )
    )
  })
  return joined ? alike : [fact]
}

function sameKind(left: Fact, right: Fact): boolean {
  const name = (fact: Fact) => fact.kind === 'person' || fact.kind === 'proper' || fact.kind === 'place'
  return left.kind === right.kind || (name(left) && name(right))
}
