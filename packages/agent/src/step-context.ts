import type { Message } from '@pawl/client'

/** What a step is given to make its instructions, tools and settings from. */
export interface StepContext<C = unknown> {
  readonly context: C
  /** 1 for the first */
  readonly number: number
  readonly runId: string
  readonly agent: string
  readonly signal: AbortSignal
  /** the conversation so far, without instructions */
  readonly messages: readonly Message[]
}
