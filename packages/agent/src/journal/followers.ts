/** Effects that run ahead of the append of the events before them. */

import type { LiveEvent, RecordedEvent, StoredEvent } from '../state/events.ts'
import { allOf } from './all-of.ts'
import type { Effect, NamedEffect } from './journal.ts'

/** What has begun before the events in front of it are on disk. */
export interface Followers {
  /** whether any of them needs more than this moment */
  readonly running: boolean
  /** Takes what they gave so far, to be written together with the events before them; what they give later waits. */
  join(): readonly RecordedEvent[]
  /** The events before them are on disk: what they give now is written, and given back. Not called, it is let fall. */
  go(): Promise<readonly StoredEvent[]>
}

/** The journal's own ways to start an effect, to write, and to show. */
interface Around {
  readonly start: (name: string, effect: Effect, live: (event: LiveEvent) => void) => ReturnType<Effect>
  readonly append: (events: readonly RecordedEvent[]) => Promise<readonly StoredEvent[]>
  readonly live: (event: LiveEvent) => void
  readonly watched: () => boolean
}

/** Starts these effects. */
export function follow(effects: readonly NamedEffect[], { start, append, live, watched }: Around): Followers {
  const joined: RecordedEvent[] = []
  const later: Promise<readonly StoredEvent[]>[] = []
  let joins = true
  let opened: PromiseWithResolvers<void> | undefined

  /** Made where somebody needs it: most followers end at once. */
  function gate(): PromiseWithResolvers<void> {
    opened ??= Promise.withResolvers<void>()
    return opened
  }

  // What is shown of an effect comes behind the events before it, and in front of its own.
  function liveLater(event: LiveEvent): void {
    joins &&= !watched()
    gate()
      .promise.then(() => live(event))
      .catch(() => {})
  }

  async function end(given: ReturnType<Effect>): Promise<readonly StoredEvent[]> {
    const events = await given
    if (!joins) return gate().promise.then(() => append(events))
    joined.push(...events)
    return []
  }

  for (const { name, effect } of effects) {
    const given = start(name, effect, liveLater)
    if (joins && !(given instanceof Promise)) joined.push(...given)
    else later.push(end(given))
  }
  // Who lets them go hears of their failures; where nobody does, nobody has to.
  for (const each of later) each.catch(() => {})
  return {
    running: later.length > 0,
    join() {
      joins = false
      return joined
    },
    async go() {
      gate().resolve()
      return (await allOf(later)).flat()
    },
  }
}
