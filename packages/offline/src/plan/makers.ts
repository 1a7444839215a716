// Calls that find what a goal still lacks: the customer's id by the customer's name.

import { missingOf } from '../fill/fill-schema.ts'
import type { Slot } from '../fill/slot.ts'
import type { Clause } from '../language/clauses.ts'
import type { Fact } from '../language/facts.ts'
import { areSynonyms } from '../language/synonyms.ts'
import { stemsOf } from '../language/words.ts'
import type { DecidedCall } from '../wire/completion.ts'
import { argumentsFor, fillFor, type Known, sourceOf } from './arguments.ts'
import { isSame } from './done-call.ts'
import { fromResults } from './from-results.ts'
import type { ToolWords } from './tool-words.ts'

/** How a slot can be had. */
export interface Maker {
  /** The calls whose results hold the slot's value; none while they lack something themselves. */
  readonly calls: readonly DecidedCall[]
  /** What has to be called first. */
  readonly next: readonly DecidedCall[]
  /** The facts of the text that are used up in it. */
  readonly facts: readonly Fact[]
}

/**
 * A tool that only reads, is about the thing that `slot` wants the id or the address of, and takes something of the text
 * that the goal itself has no use for (`spent`).
 */
export function makerOf(
  slot: Slot,
  spent: readonly Fact[],
  clause: Clause,
  known: Known,
  above: readonly ToolWords[],
): Maker | undefined {
  const things = thingsOf(slot, above.at(-1))
  const makers = known.tools
    .filter((tool) => tool.reads && !above.includes(tool) && above.length < 3)
    .map((tool) => ({ tool, match: thingMatch(things, tool) }))
    .filter(({ match }) => match > 0)
    .map(({ tool, match }) => ({ match, maker: toMaker(tool, spent, clause, known, above) }))
    .map(({ match, maker }) => ({
      maker,
      rank: match + (maker?.facts.reduce((sum, fact) => sum + (fact.kind === 'quoted' ? 1 : 2), 0) ?? 0),
    }))
  return makers.filter(({ maker }) => maker).sort((left, right) => right.rank - left.rank)[0]?.maker
}

function toMaker(
  tool: ToolWords,
  spent: readonly Fact[],
  clause: Clause,
  known: Known,
  above: readonly ToolWords[],
): Maker | undefined {
  const filling = fillFor(tool, clause, known)
  const given = argumentsFor(tool, filling, new Map(), sourceOf(clause, known))
  if (given.facts.some((fact) => spent.includes(fact))) return undefined
  if (given.missing.length === 0) {
    // A search by left-over words alone is a maker too, as long as it searches for something.
    const says = given.facts.length > 0 || [...filling.values.values()].some((value) => typeof value === 'string')
    return says ? { calls: given.calls, next: given.calls, facts: given.facts } : undefined
  }
  const inner = missingOf(filling).map((slot) => ({
    slot,
    maker: makerOf(slot, [...spent, ...given.facts], clause, known, [...above, tool]),
  }))
  const facts = [...given.facts, ...inner.flatMap(({ maker }) => maker?.facts ?? [])]
  if (inner.some(({ maker }) => !maker) || facts.length === 0) return undefined
  const next = inner.flatMap(({ maker }) => maker?.next ?? [])
  const done = known.done.filter((call) => next.some((one) => isSame(one, call)))
  if (done.length < next.length) return { calls: [], next, facts }
  const brought = new Map(
    inner.flatMap(({ slot }) => {
      const found = fromResults(slot, done, known.tools, false)
      return found ? [[slot, found] as const] : []
    }),
  )
  const { calls } = argumentsFor(tool, filling, brought, sourceOf(clause, known))
  return { calls, next: calls.length > 0 ? calls : next, facts }
}

/** What a slot is about: "customer" of `customer_id`, an address book for an e-mail address, else what its tool is about. */
function thingsOf(slot: Slot, tool: ToolWords | undefined): readonly string[] {
  if (slot.accepts.get('email') === 2) return stemsOf('email contact address person customer')
  const own = slot.own.filter((one) => !/^(?:id|sku|iban|code|key|number|ref|referenc)$/.test(one))
  const named = tool?.name ?? []
  return own.length > 0 ? own : [...slot.about.filter((one) => named.includes(one)), ...named]
}

function thingMatch(things: readonly string[], tool: ToolWords): number {
  const among = (words: readonly string[]) =>
    things.some((thing) => words.some((word) => word === thing || areSynonyms(word, thing)))
  return among(tool.name) ? 2 : among(tool.about) ? 1 : 0
}
