/** Tokens and money that a tree of agents shares: reserved before a call, settled after it. Lives in memory; it is filled again from the logs. */

export interface Budget {
  /** What is left of tokens, with the reservations of others taken off. */
  tokensLeft(): number
  costLeft(): number
  /** Takes this much out until it is settled. */
  reserve(tokens: number, cost: number): Reservation
  /** What a log says was spent. */
  spend(tokens: number, cost: number): void
}

export interface Reservation {
  settle(tokens: number, cost: number): void
}

export function createBudget(tokens = Infinity, cost = Infinity): Budget {
  let left = { tokens, cost }
  const take = (amount: { tokens: number; cost: number }) => {
    left = { tokens: left.tokens - amount.tokens, cost: left.cost - amount.cost }
  }
  return {
    tokensLeft: () => left.tokens,
    costLeft: () => left.cost,
    reserve(reservedTokens, reservedCost) {
      take({ tokens: reservedTokens, cost: reservedCost })
      return {
        settle: (usedTokens, usedCost) => take({ tokens: usedTokens - reservedTokens, cost: usedCost - reservedCost }),
      }
    },
    spend: (spentTokens, spentCost) => take({ tokens: spentTokens, cost: spentCost }),
  }
}
