/** What bounds a run. */

/** All may be left out. Shared by a run and the agents it calls as tools; a handoff keeps the first agent's. */
export interface Limits {
  /** model calls; 20. The last one is kept back for an answer without tools. */
  steps?: number | undefined
  /** 200, and 32 in one message */
  toolCalls?: number | undefined
  /** prompt and completion tokens; reserved before each call */
  tokens?: number | undefined
  /** money, in the unit of the prices; needs `prices` */
  cost?: number | undefined
  /** milliseconds from the start, without the time it waited for people */
  duration?: number | undefined
  /** the same call with the same result; 3 */
  repeats?: number | undefined
}

/** What ended a run that is not done: a limit of `Limits`, or the answer itself (cut, refused, filtered, empty, not of the output's shape), or a hook. */
export type StopReason =
  | keyof Limits
  | 'length'
  | 'refused'
  | 'content_filter'
  | 'empty'
  | 'output'
  | 'hook'
  | 'aborted'

/** Which limit was met: what it allows, and what was reached or would have been. */
export interface Reached {
  readonly limit: StopReason
  readonly reached: number
  readonly allowed: number
}

export const defaultLimits = { steps: 20, toolCalls: 200, repeats: 3 } as const

/** Calls that one message may hold; the others are answered that they were not run. */
export const callsOfMessage = 32

/** Tokens below which an answer is not worth asking for. */
export const leastTokens = 256

/** Later ones win; what is undefined does not count. */
export function mergeLimits(...all: readonly (Limits | undefined)[]): Limits {
  const merged: Record<string, number> = {}
  for (const limits of all)
    for (const [name, value] of Object.entries(limits ?? {})) if (value !== undefined) merged[name] = value
  return merged
}
