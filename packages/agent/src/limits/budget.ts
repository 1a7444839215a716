/**
 * Tokens and money that a tree of agents shares: reserved before a call, settled after it. Lives in memory; it is filled
 * again from the logs.
 */

import type { Limits } from './limits.ts'

export type Bounded = 'tokens' | 'cost'

/** `left`: with the reservations of others taken off. Infinite where nothing bounds it. */
export interface Room {
  readonly left: number
  readonly reached: number
  readonly allowed: number
}

export interface Budget {
  /** Something bounds it, here or above. */
  readonly bounded: boolean
  /** The tightest bound, of this run or of one above it. */
  room(of: Bounded): Room
  /** Takes this much out, here and above. A negative amount gives it back. */
  take(tokens: number, cost: number): void
  /** What the log of a run says was spent; counted once a run, however often the run is entered. */
  enter(runId: string, tokens: number, cost: number): void
}

/** @param outer the budget of the run that called this one */
export function createBudget({ tokens = Infinity, cost = Infinity }: Limits, outer?: Budget): Budget {
  const allowed = { tokens, cost }
  const spent = { tokens: 0, cost: 0 }
  const entered = new Set<string>()
  const add = (moreTokens: number, moreCost: number) => {
    spent.tokens += moreTokens
    spent.cost += moreCost
  }
  return {
    bounded: tokens < Infinity || cost < Infinity || (outer?.bounded ?? false),
    room(of) {
      const own = { left: allowed[of] - spent[of], reached: spent[of], allowed: allowed[of] }
      const above = outer?.room(of)
      return above && above.left < own.left ? above : own
    },
    take(moreTokens, moreCost) {
      add(moreTokens, moreCost)
      outer?.take(moreTokens, moreCost)
    },
    enter(runId, spentTokens, spentCost) {
      if (entered.has(runId)) return
      entered.add(runId)
      add(spentTokens, spentCost)
      outer?.enter(runId, spentTokens, spentCost)
    },
  }
}
