// What to do next for a request: calls, or nothing more.

import { nameMatch } from '../fill/name-match.ts'
import type { Clause } from '../language/clauses.ts'
import type { Fact } from '../language/facts.ts'
import { isContent, stemsOf } from '../language/words.ts'
import type { DecidedCall } from '../wire/completion.ts'
import type { Known } from './arguments.ts'
import { type DoneCall, isSame, rowsIn } from './done-call.ts'
import { type Goal, isIdle, isReachable, isServed, toGoal } from './goal.ts'
import { meant, scoreTools } from './score-tools.ts'

/** What is to be done. No goals: nothing fits. */
export interface Plan {
  readonly goals: readonly Goal[]
  /** The calls that are next, all at once. */
  readonly calls: readonly DecidedCall[]
  /** Parts of the request that no tool serves. */
  readonly unserved: readonly Clause[]
}

/** Plans from scratch each turn: what is done already is known by name and arguments, so nothing is called twice. */
export function plan(known: Known): Plan {
  const wanted = known.reading.clauses.filter((clause) => !clause.negated)
  const asks = wanted.some((clause) => clause.type !== 'statement')
  const goals: Goal[] = []
  const unserved: Clause[] = []
  for (const clause of wanted) {
    // Where something is asked for, statements only tell about it.
    if (clause.type === 'statement' && asks && !isDemand(clause)) continue
    const open = goals.some((goal) => !isServed(goal, known.done))
    // "Then" waits for what stands before it, and "it" for what it speaks of, for ever if that cannot be had.
    const stuck = goals.some((goal) => goal.missing.length > 0 || goal.failed.length > 0 || goal.unplaced.length > 0)
    if ((clause.later && open) || (clause.leaning && stuck)) break
    if (goals.length > 0 && clause.leaning && clause.type === 'question' && answeredByRows(clause, known.done)) continue
    const found = goalsOf(clause, known)
    goals.push(...found.filter((goal) => !goals.some((other) => sameGoal(other, goal))))
    if (found.length === 0 && !clause.leaning && saysSomething(clause, known)) unserved.push(clause)
  }
  const next = goals.flatMap((goal) =>
    goal.unplaced.length > 0 ? [] : goal.calls.length > 0 ? goal.calls : goal.before,
  )
  return {
    goals,
    unserved: unserved.filter((clause) => !isUsed(clause, goals, known)),
    calls: distinct(next).filter((call) => !known.done.some((done) => isSame(call, done))),
  }
}

/** "And invite Bo" is served when Bo's address went into the event. */
function isUsed(clause: Clause, goals: readonly Goal[], { reading }: Known): boolean {
  const named = reading.facts.filter(
    (fact) => (isNamed(fact) || fact.kind === 'proper') && fact.start >= clause.start && fact.end <= clause.end,
  )
  const used = (fact: Fact) =>
    goals.some((goal) => goal.facts.includes(fact) || JSON.stringify(goal.calls).includes(fact.text))
  return named.length > 0 && named.every(used)
}

function isDemand(clause: Clause): boolean {
  return [...clause.verbs].some((verb) => verb !== 'read')
}

function saysSomething(clause: Clause, { reading }: Known): boolean {
  return reading.words.some((word) => word.start >= clause.start && word.end <= clause.end && isContent(word))
}

/**
 * The tools for a clause. Of those that fit about as well, one whose arguments can be had goes first; a second one is
 * taken for an id that the first has no use for.
 */
function goalsOf(clause: Clause, known: Known): readonly Goal[] {
  const named = known.reading.facts.filter(
    (fact) => isNamed(fact) && fact.start >= clause.start && fact.end <= clause.end,
  )
  const candidates = scoreTools(clause, known.reading, known.tools)
    .map(({ words, score }) => ({ goal: toGoal(words, clause, known), score }))
    .filter(({ goal }) => !isIdle(goal))
  const best = Math.max(0, ...candidates.map(({ score }) => score))
  const ranked = candidates
    .filter(({ goal, score }) => score >= 0.6 * best && (score >= meant || usesAll(goal, named) || isSpelledOut(goal)))
    .map(({ goal, score }) => ({ goal, rank: score + (isReachable(goal) ? 1.5 : 0) + 0.5 * goal.facts.length }))
    .sort((left, right) => right.rank - left.rank)
  const first = ranked[0]?.goal
  if (!first) return []
  const left = named.filter((fact) => fact.kind === 'id' && !first.facts.includes(fact))
  const second = candidates.find(
    ({ goal }) =>
      goal.calls.length > 0 && goal.tool.reads && left.length > 0 && left.every((fact) => goal.facts.includes(fact)),
  )
  return second ? [first, second.goal] : [first]
}

function isNamed({ kind }: Fact): boolean {
  return kind === 'person' || kind === 'place' || kind === 'id' || kind === 'email'
}

function usesAll(goal: Goal, named: readonly Fact[]): boolean {
  return named.length > 0 && isReachable(goal) && named.every((fact) => goal.facts.includes(fact))
}

/** "100 euros in dollars" fills all three fields of a conversion: no word needs to say that it is one. */
function isSpelledOut({ tool, calls, facts }: Goal): boolean {
  return tool.reads && calls.length === 1 && facts.length > 0 && tool.slots.filter((slot) => slot.required).length >= 3
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
  return left.tool === right.tool && JSON.stringify(left.calls) === JSON.stringify(right.calls)
}

function distinct(calls: readonly DecidedCall[]): readonly DecidedCall[] {
  return [...new Map(calls.map((call) => [JSON.stringify(call), call])).values()]
}
