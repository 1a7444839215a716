/** What hangs on JSON data that will not change. To look for it takes nothing of what makes it: most programs fix nothing. */

import { isObject } from '../is-object.ts'
import { OnObject } from '../on-object.ts'
import type { Profile } from '../profiles/profiles.ts'
import type { Message } from '../types/message.ts'

/** What is known of a fixed value. */
export interface Fixed {
  readonly text: string
  /**
   * The body of a request whose last message this is: `head` up to the bracket that opens its messages, then their texts.
   */
  bodyText(head: string, messages: readonly Message[], profile: Profile, textOf: MessageText): string
}

export type MessageText = (message: Message, profile: Profile, at: number) => string

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
