// What to do next for a request: calls, a question, or nothing more.

import { nameMatch } from '../fill/name-match.ts'
import type { Slot } from '../fill/slot.ts'
import type { Clause } from '../language/clauses.ts'
import { areSynonyms } from '../language/synonyms.ts'
import { stemsOf } from '../language/words.ts'
import type { DecidedCall } from '../wire/completion.ts'
import { type Known, type Prepared, prepare } from './arguments.ts'
import { type DoneCall, rowsIn } from './done-call.ts'
import { meant, scoreTools } from './score-tools.ts'
import type { ToolWords } from './tool-words.ts'

/** A clause with the tool that serves it. */
export interface Goal {
  readonly clause: Clause
  readonly prepared: Prepared
  /** Calls that find what the goal still lacks. */
  readonly before: readonly DecidedCall[]
  /** Such calls that came back empty, so that the goal cannot be reached. */
  readonly failed: readonly DoneCall[]
}

/** What is to be done: every goal of the request, and the calls that are next. No goals: nothing fits. */
export interface Plan {
  readonly goals: readonly Goal[]
  readonly calls: readonly DecidedCall[]
}

/** Plans from scratch each turn: what is done already is known by name and arguments, so nothing is called twice. */
export function plan(known: Known): Plan {
  const wanted = known.reading.clauses.filter((clause) => !clause.negated)
  const asks = wanted.some((clause) => clause.type !== 'statement')
  const goals: Goal[] = []
  for (const clause of wanted) {
    // Where something is asked for, statements only tell about it.
    if (clause.type === 'statement' && asks && !isDemand(clause)) continue
    if (goals.length > 0 && clause.leaning && answeredByRows(clause, known.done)) continue
    const goal = goalOf(clause, known)
    if (goal && !goals.some((other) => sameGoal(other, goal))) goals.push(goal)
  }
  const next = goals.flatMap((goal) => (goal.prepared.calls.length > 0 ? goal.prepared.calls : goal.before))
  return { goals, calls: distinct(next).filter((call) => !known.done.some((done) => isSame(call, done))) }
}

function isDemand(clause: Clause): boolean {
  return [...clause.verbs].some((verb) => verb !== 'read')
}

/** The tool for a clause: of those that fit about as well, one whose arguments can be had goes first. */
function goalOf(clause: Clause, known: Known): Goal | undefined {
  const scored = scoreTools(clause, known.reading, known.tools)
  const best = scored[0]?.score ?? 0
  const goals = scored
    .filter(({ score }) => score >= Math.max(meant, 0.6 * best))
    .map(({ words, score }) => ({ goal: toGoal(words, clause, known), score }))
    .filter(({ goal }) => !isIdle(goal))
    .map(({ goal, score }) => ({ goal, rank: score + (isReachable(goal) ? 1.5 : 0) + 0.5 * goal.prepared.facts }))
  return goals.sort((left, right) => right.rank - left.rank)[0]?.goal
}

/** A search for nothing: all its fields may be empty, and all are. */
function isIdle({ prepared: { tool, calls, missing } }: Goal): boolean {
  if (missing.length > 0 || tool.slots.length === 0 || tool.slots.some((slot) => slot.required)) return false
  return calls.every((call) => Object.values(call.arguments).every((value) => value === null))
}

function isReachable({ prepared, before, failed }: Goal): boolean {
  return prepared.missing.length === 0 || before.length > 0 || failed.length > 0
}

function toGoal(tool: ToolWords, clause: Clause, known: Known): Goal {
  const prepared = prepare(tool, clause, known)
  const lacking = prepared.missing.filter((slot) => !prepared.choices.has(slot))
  const makers = lacking.map((slot) => makerOf(slot, tool, clause, known, [tool]))
  const complete = makers.every((maker) => maker !== undefined)
  const calls = complete ? makers.flatMap((maker) => maker?.calls ?? []) : []
  const failed = known.done.filter((done) => done.empty && calls.some((call) => isSame(call, done)))
  return { clause, prepared, before: calls.filter((call) => !known.done.some((done) => isSame(call, done))), failed }
}

/** A reading tool that finds the thing that `slot` wants the id or the address of, with arguments out of the text. */
function makerOf(
  slot: Slot,
  tool: ToolWords,
  clause: Clause,
  known: Known,
  above: readonly ToolWords[],
): { readonly calls: readonly DecidedCall[] } | undefined {
  if (above.length > 2) return undefined
  const things = thingsOf(slot, tool)
  const fits = known.tools
    .filter((maker) => maker.reads && !above.includes(maker))
    .map((maker) => ({ maker, match: thingMatch(things, maker), prepared: prepare(maker, clause, known) }))
    .filter(({ match, prepared }) => match > 0 && prepared.facts > 0)
    .map(({ maker, match, prepared }) => ({ calls: callsOf(maker, prepared), rank: match + prepared.facts }))
    .filter(({ calls }) => calls.length > 0)
    .sort((left, right) => right.rank - left.rank)
  return fits[0]

  function callsOf(maker: ToolWords, prepared: Prepared): readonly DecidedCall[] {
    if (prepared.missing.length === 0) return prepared.calls
    const makers = prepared.missing.map((lacking) => makerOf(lacking, maker, clause, known, [...above, maker]))
    return makers.every((one) => one !== undefined) ? makers.flatMap((one) => one?.calls ?? []) : []
  }
}

/** What a slot is about: "customer" of `customer_id`, an address book for an e-mail address, else what its tool is about. */
function thingsOf(slot: Slot, tool: ToolWords): readonly string[] {
  if (slot.accepts.get('email') === 2) return stemsOf('email contact address person customer')
  const own = slot.own.filter((one) => !/^(?:id|sku|iban|code|key|number|ref|referenc)$/.test(one))
  return own.length > 0 ? own : [...slot.about.filter((one) => tool.name.includes(one)), ...tool.name]
}

function thingMatch(things: readonly string[], maker: ToolWords): number {
  const among = (words: readonly string[]) =>
    things.some((thing) => words.some((word) => word === thing || areSynonyms(word, thing)))
  return among(maker.name) ? 2 : among(maker.about) ? 1 : 0
}

/** "What did they cost" needs no call when the rows that were found say what they cost. */
function answeredByRows(clause: Clause, done: readonly DoneCall[]): boolean {
  const stems = stemsOf(clause.text)
  const keys = new Set(done.flatMap((call) => rowsIn(call.output).flatMap((row) => Object.keys(row))))
  return [...keys].some((key) =>
    stemsOf(key).some((one) => one.length > 2 && stems.some((stem) => nameMatch([one], [stem]) > 0)),
  )
}

function sameGoal(left: Goal, right: Goal): boolean {
  return (
    left.prepared.tool === right.prepared.tool &&
    JSON.stringify(left.prepared.calls) === JSON.stringify(right.prepared.calls)
  )
}

function distinct(calls: readonly DecidedCall[]): readonly DecidedCall[] {
  return [...new Map(calls.map((call) => [JSON.stringify(call), call])).values()]
}

function isSame(call: DecidedCall, done: DoneCall): boolean {
  return call.name === done.name && JSON.stringify(call.arguments) === JSON.stringify(done.input)
}
