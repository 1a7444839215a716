// The arguments of one tool for one clause: from the text, from earlier results, and several sets where several are meant.

import { affinity } from '../fill/affinity.ts'
import { type Filling, fillSchema, missingOf, toObject } from '../fill/fill-schema.ts'
import type { Slot } from '../fill/slot.ts'
import type { Source } from '../fill/source.ts'
import type { Clause } from '../language/clauses.ts'
import type { Fact } from '../language/facts.ts'
import type { Reading } from '../language/reading.ts'
import type { DecidedCall } from '../wire/completion.ts'
import type { DoneCall } from './done-call.ts'
import type { Brought } from './from-results.ts'
import type { ToolWords } from './tool-words.ts'

/** Everything that arguments may be taken from. */
export interface Known {
  readonly reading: Reading
  readonly tools: readonly ToolWords[]
  readonly done: readonly DoneCall[]
}

/** The calls that a filling stands for; none as long as something required is missing. */
export interface Arguments {
  readonly calls: readonly DecidedCall[]
  readonly missing: readonly Slot[]
  /** The facts of the text that went in, those of the further calls too. */
  readonly facts: readonly Fact[]
}

const atMost = 16

/** What the text says about the fields of `tool`, seen from `clause`. */
export function fillFor(tool: ToolWords, clause: Clause, known: Known): Filling {
  const around = [...(tool.verb === undefined ? [] : [tool.verb]), ...tool.name, ...tool.about]
  return fillSchema(tool.tool.parameters, around, sourceOf(clause, known))
}

/** Makes calls of a filling and of what results brought for the slots that it left open. */
export function argumentsFor(
  tool: ToolWords,
  filling: Filling,
  brought: ReadonlyMap<Slot, Brought>,
  source: Source,
): Arguments {
  const values = new Map(filling.values)
  const group = coordinatedFacts(filling, source)
  let variants: readonly Variant[] = group?.facts.map((fact) => [group.slot, fact.value]) ?? []
  for (const [slot, { values: found, ambiguous }] of brought) {
    if (ambiguous) continue
    values.set(slot, found[0])
    if (found.length > 1 && variants.length === 0) variants = found.map((value) => [slot, value])
  }
  const complete = { ...filling, values }
  const missing = missingOf(complete)
  const sets = variants.length > 0 ? variants.slice(0, atMost).map((one) => new Map([...values, one])) : [values]
  const calls = sets.map((set) => ({ name: tool.tool.name, arguments: toObject({ ...complete, values: set }) }))
  const facts = [...new Set([...filling.facts.values(), ...(group?.facts ?? [])])]
  return { calls: missing.length > 0 ? [] : calls, missing, facts }
}

/** The clause in its request, for the filler. */
export function sourceOf(clause: Clause, { reading, tools }: Known): Source {
  const ignored = new Set(tools.flatMap((tool) => [...tool.name, ...tool.about]))
  return { reading, focus: clause, type: 'request', ignored }
}

type Variant = readonly [Slot, unknown]

/** "P-104 and P-201" for one field: one call each. Where two fields could take such a value, nothing is doubled. */
function coordinatedFacts(
  { slots, facts }: Filling,
  source: Source,
): { readonly slot: Slot; readonly facts: readonly Fact[] } | undefined {
  for (const [slot, fact] of facts) {
    const rival = slots.some((other) => other !== slot && other.accepts.get(fact.kind) === slot.accepts.get(fact.kind))
    if (slot.shape.type !== 'string' || rival) continue
    const group = inARow(fact, source)
    if (group.length > 1 && group.every((one) => affinity(slot, one, source) > 0)) return { slot, facts: group }
  }
  return undefined
}

/** Facts of one kind that are named in a row: "A, B and C", "A or B", "A with B". */
function inARow(fact: Fact, { reading, focus }: Source): readonly Fact[] {
  const alike = reading.facts.filter(
    (one) => sameKind(one, fact) && one.start >= focus.start && one.end <= focus.end && one.kind !== 'number',
  )
  const joined = alike.every((one, index) => {
    const next = alike[index + 1]
    const between = next && reading.text.slice(one.end, next.start)
    return (
      between === undefined ||
      /^\s*(?:[,;&/]|(?:and|or|vs\.?|versus|with|to|than|as well as)\b)[\s\w,]{0,24}$/i.test(between)
    )
  })
  return joined ? alike : [fact]
}

function sameKind(left: Fact, right: Fact): boolean {
  const name = (fact: Fact) => fact.kind === 'person' || fact.kind === 'proper' || fact.kind === 'place'
  return left.kind === right.kind || (name(left) && name(right))
}
