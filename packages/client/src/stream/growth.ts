/** What a chunk added to a completion, for those who show it. */

import type { Choice, TokenLogprob } from '../types/completion.ts'
import type { GrowingCall } from './tool-calls.ts'

/** Told what a chunk added, as it is added; the choice holds it already. */
export interface Growth {
  content?(choice: Choice, delta: string): void
  refusal?(choice: Choice, delta: string): void
  reasoning?(choice: Choice, delta: string): void
  call?(choice: Choice, call: GrowingCall, delta: string): void
  logprobs?(choice: Choice, kind: 'content' | 'refusal', delta: readonly TokenLogprob[]): void
  finish?(choice: Choice): void
}
