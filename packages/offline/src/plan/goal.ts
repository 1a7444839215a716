// One clause and the tool that serves it.

import { missingOf } from '../fill/fill-schema.ts'
import type { Slot } from '../fill/slot.ts'
import type { Clause } from '../language/clauses.ts'
import type { Fact } from '../language/facts.ts'
import type { DecidedCall } from '../wire/completion.ts'
import { argumentsFor, fillFor, type Known, sourceOf } from './arguments.ts'
import { type DoneCall, isSame } from './done-call.ts'
import { type Brought, fromResults } from './from-results.ts'
import { makerOf } from './makers.ts'
import type { ToolWords } from './tool-words.ts'

/** A clause with the tool that serves it, as far as its arguments are known. */
export interface Goal {
  readonly clause: Clause
  readonly tool: ToolWords
  /** The calls themselves; none while something is missing. */
  readonly calls: readonly DecidedCall[]
  /** Calls that find what is missing, and are still to be made. */
  readonly before: readonly DecidedCall[]
  /** Such calls that found nothing. */
  readonly failed: readonly DoneCall[]
  /** Required slots that nothing fills. */
  readonly missing: readonly Slot[]
  /** Slots for which a result holds several values, and the text does not say which. */
  readonly choices: ReadonlyMap<Slot, readonly (string | number)[]>
  /** The facts of the text that it uses. */
  readonly facts: readonly Fact[]
  /** Of a tool with an effect: amounts, days and ids of the clause that it has no place for. To leave them out could do harm. */
  readonly unplaced: readonly Fact[]
}

/** Looks for the arguments of `tool`: in the text, then in what its makers found, then in any result of this turn. */
export function toGoal(tool: ToolWords, clause: Clause, known: Known): Goal {
  const source = sourceOf(clause, known)
  const filling = fillFor(tool, clause, known)
  const spent = argumentsFor(tool, filling, new Map(), source).facts
  const every = /\b(?:each|every|all|both|they|them|those|these|their)\b/i.test(clause.text)
  const brought = new Map<Slot, Brought>()
  const before: DecidedCall[] = []
  const failed: DoneCall[] = []
  const facts = [...spent]
  for (const slot of missingOf(filling)) {
    const maker = makerOf(slot, spent, clause, known, [tool])
    facts.push(...(maker?.facts ?? []))
    const open = maker?.next.filter((call) => !known.done.some((done) => isSame(call, done))) ?? []
    before.push(...open)
    if (open.length > 0) continue
    const made = maker && known.done.filter((done) => maker.next.some((call) => isSame(call, done)))
    failed.push(...(made?.filter((done) => done.empty) ?? []))
    const found = fromResults(slot, made ?? known.done, known.tools, every)
    if (found) brought.set(slot, found)
  }
  const { calls, missing } = argumentsFor(tool, filling, brought, source)
  const choices = new Map(
    [...brought].filter(([, { ambiguous }]) => ambiguous).map(([slot, { values }]) => [slot, values]),
  )
  const unplaced = tool.reads
    ? []
    : weighty(clause, known).filter((fact) => !facts.includes(fact) && !isCopied(fact, calls))
  return { clause, tool, calls, before, failed, missing, choices, facts, unplaced }
}

function weighty(clause: Clause, { reading }: Known): readonly Fact[] {
  const kinds = new Set(['number', 'date', 'id', 'email'])
  return reading.facts.filter((fact) => kinds.has(fact.kind) && fact.start >= clause.start && fact.end <= clause.end)
}

/** It went into a text or a list as it stands. */
function isCopied(fact: Fact, calls: readonly DecidedCall[]): boolean {
  return calls.some(
    (call) =>
      JSON.stringify(call.arguments).includes(fact.text) || JSON.stringify(call.arguments).includes(String(fact.value)),
  )
}

/** Whether there is a way: it is complete, or something can be called towards it. */
export function isReachable({ missing, before, failed }: Goal): boolean {
  return missing.length === 0 || before.length > 0 || failed.length > 0
}

/** Whether all its calls have an answer. */
export function isServed({ calls }: Goal, done: readonly DoneCall[]): boolean {
  return calls.length > 0 && calls.every((call) => done.some((one) => isSame(call, one)))
}

/** A search for nothing: all its fields may be empty, and all are. */
export function isIdle({ tool, calls, missing }: Goal): boolean {
  if (missing.length > 0 || tool.slots.length === 0 || tool.slots.some((slot) => slot.required)) return false
  return calls.every((call) => Object.values(call.arguments).every((value) => value === null))
}
