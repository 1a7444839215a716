/**
 * The journal of an engine that remembers the outcome of each effect by its name and, after a crash, runs the loop again
 * from `run.started`: what Restate and DBOS do. Its memory is plain JSON.
 */

import type { Decision, EffectContext, Journal, Pending, RecordedEvent, StoredEvent } from '@pawl/agent'

/** What the engine keeps of a run: by name, when an effect ended, and with what. */
export type Memory = Map<string, string>

export interface ReplayingOptions {
  readonly runId: string
  readonly memory: Memory
  readonly decide: (pending: readonly Pending[]) => Decision
  /** the process dies instead of this new effect, counted from 0 */
  readonly dies?: number | undefined
  /** the process dies after this new effect, before its end is remembered */
  readonly forgets?: number | undefined
}

export interface ReplayingJournal extends Journal {
  /** the log as the loop saw it */
  readonly events: readonly StoredEvent[]
  /** effects that ran in this process, by name */
  readonly ran: readonly string[]
}

/** @throws Error for a name that is used twice in one execution: an engine could not tell the two apart */
export function replayingJournal({ runId, memory, decide, dies, forgets }: ReplayingOptions): ReplayingJournal {
  const events: StoredEvent[] = []
  const ran: string[] = []
  const used = new Set<string>()
  const { signal } = new AbortController()
  let time = 0

  /** No clock is read here: an event that the loop derives has the time of the last one that an effect gave. */
  function stamp(given: readonly RecordedEvent[]): readonly StoredEvent[] {
    const stamped = given.map((event, index): StoredEvent => ({ ...event, runId, at: events.length + index, time }))
    events.push(...stamped)
    return stamped
  }

  async function remember<T>(name: string, effect: (context: EffectContext) => T | Promise<T>): Promise<T> {
    if (used.has(name)) throw new Error(`Two effects are called ${name}.`)
    used.add(name)
    if (!memory.has(name)) {
      if (ran.length === dies) throw new Error('died')
      const last = ran.push(name) - 1 === forgets
      const begunBefore = memory.has(`begun:${name}`)
      memory.set(`begun:${name}`, '')
      const outcome = await effect({ key: `${runId}/${name}`, signal, begunBefore, live: () => {} })
      if (last) throw new Error('died')
      memory.set(name, JSON.stringify({ time: Date.now(), outcome }))
    }
    const { time: ended, outcome } = JSON.parse(memory.get(name) ?? '')
    time = Math.max(time, ended)
    return outcome
  }

  return {
    runId,
    events,
    ran,
    perform: async (name, effect) => stamp(await remember(name, effect)),
    async all(effects) {
      const settled = await Promise.allSettled(effects.map(({ name, effect }) => remember(name, effect)))
      return settled.map((each) => {
        if (each.status === 'rejected') throw each.reason
        return stamp(each.value)
      })
    },
    note: async (given) => stamp(given),
    wait: (name, pending) => remember(name, async () => decide(pending)),
    sent: () => [],
  }
}
