/** What hangs on JSON data that will not change. To look for it takes nothing of what makes it: most programs fix nothing. */

import { isObject } from '../is-object.ts'
import { OnObject } from '../on-object.ts'
import type { Profile } from '../profiles/profiles.ts'
import type { Message } from '../types/message.ts'

/** What is known of a fixed value. */
export interface Fixed {
  readonly text: string
  /** The body of a request of which this message is the last one that is fixed; the messages stand last. */
  bodyText(fields: Readonly<Record<string, unknown>>, messages: readonly Message[], profile: Profile): string
}

/** The record, hung on the value. */
export class Mark extends OnObject {
  readonly #fixed: Fixed

  constructor(value: object, fixed: Fixed) {
    super(value)
    this.#fixed = fixed
  }

  static of(value: object): Fixed | undefined {
    return #fixed in value ? value.#fixed : undefined
  }
}

/** What is remembered; undefined for what is not fixed. */
export function fixedOf(value: unknown): Fixed | undefined {
  return isObject(value) ? Mark.of(value) : undefined
}
