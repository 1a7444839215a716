/** What an iterated extraction shows while the answer arrives. */

import type { Issue } from '@pawl/schema'
import type { GoodReading } from './read-text.ts'

export interface View<P> {
  /** It shows one object again and again: whoever looks late misses nothing. */
  readonly isLive: boolean
  /** A new answer begins: the first one, or a repaired one. */
  begin(): void
  /** Takes the next piece of the answer. @returns what is to be shown now */
  push(piece: string): readonly P[]
  /** The answer is accepted. @returns what is left to show, or where it contradicts what was shown */
  settle(reading: GoodReading<unknown>): Settled<P>
  /** Whether nothing at this path can change while this answer stands. */
  closed(path: readonly (string | number)[]): boolean
}

export type Settled<P> =
  | { readonly ok: true; readonly rest: readonly P[] }
  | { readonly ok: false; readonly issues: readonly Issue[] }
