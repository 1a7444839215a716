/** The runs that one opened SQLite store holds, and its sign of life: one row for all of them. */

import { StoreError } from '../errors/store-error.ts'
import type { GroupCommit } from './group-commit.ts'
import { isGone, newOwner, type Owner } from './owner.ts'
import type { Statements } from './schema.ts'

/** One claim of a run: `owner` and `claim` fence all its writes. */
export interface Holding {
  readonly runId: string
  readonly owner: string
  readonly claim: number
  readonly lost: AbortController
}

export interface Holdings {
  /** runs that this store holds */
  readonly size: number
  /**
   * Takes the run and begins with it, in one transaction.
   * @param begin told how many events there are
   * @throws StoreError `locked`
   */
  take<T>(runId: string, begin: (holding: Holding, length: number) => T): Promise<T>
  /** Lets the run go. Where that fails, the next sign of life tries again. */
  give(holding: Holding): Promise<void>
  /** Does the work and lets the run go, in one transaction: where that fails, the run is still held. */
  giveAfter<T>(holding: Holding, work: () => T): Promise<T>
  /** What this store holds the run by. */
  of(runId: string): Holding | undefined
  /** This store does not hold the run any more: another took it, or it was deleted. */
  lose(holding: Holding): void
  close(): void
}

/** @param leaseTime milliseconds without a sign of life after which the runs may be taken over */
export function holdings(statements: Statements, { commit }: GroupCommit, leaseTime: number): Holdings {
  const owner = newOwner()
  const held = new Map<string, Holding>()
  let claims = 0
  let pulse: ReturnType<typeof setInterval> | undefined

  function sign(now: number): void {
    statements.bury.run(now)
    statements.beat.run(owner.id, owner.machine, owner.pid, owner.started, now + leaseTime)
  }

  /** Says that this process lives, and compares what the file says it holds with what it holds. */
  async function beat(): Promise<void> {
    const gone = await commit(() => {
      sign(Date.now())
      const rows = statements.held.all(owner.id) as { id: string; claim: number }[]
      for (const { id, claim } of rows) if (held.get(id)?.claim !== claim) release(id, claim)
      const claimed = new Map(rows.map(({ id, claim }) => [id, claim]))
      return [...held.values()].filter(({ runId, claim }) => claimed.get(runId) !== claim)
    }).catch(() => undefined)
    // A store that is busy or full for a moment: the next beat, or an append, tells.
    for (const holding of gone ?? []) lose(holding)
    if (gone && held.size === 0) stop()
  }

  function release(runId: string, claim: number): void {
    statements.release.run(runId, owner.id, claim)
    statements.forget.run(runId)
  }

  function drop(holding: Holding): boolean {
    return held.get(holding.runId) === holding && held.delete(holding.runId)
  }

  function lose(holding: Holding, why = takenOver(holding)): void {
    if (drop(holding)) holding.lost.abort(why)
  }

  function stop(): void {
    clearInterval(pulse)
    pulse = undefined
  }

  return {
    get size() {
      return held.size
    },
    async take(runId, begin) {
      const holding = { runId, owner: owner.id, claim: ++claims, lost: new AbortController() }
      const begun = commit(() => {
        const now = Date.now()
        const holder = statements.holder.get(runId, now) as unknown as (Owner & { lease: number }) | undefined
        if (holder && !isGone(holder)) throw locked(runId, holder)
        sign(now)
        statements.hold.run(runId, owner.id, holding.claim)
        // Known before it is on disk: a beat in the same transaction sees the row and what it belongs to.
        held.set(runId, holding)
        return begin(holding, (statements.length.get(runId) as { length: number | null }).length ?? 0)
      })
      pulse ??= setInterval(beat, leaseTime / 4).unref()
      try {
        return await begun
      } catch (cause) {
        drop(holding)
        throw cause
      }
    },
    async give(holding) {
      // Where this fails, the next beat finds a run that nobody here holds, and lets it go.
      if (drop(holding)) await commit(() => release(holding.runId, holding.claim)).catch(() => {})
    },
    async giveAfter(holding, work) {
      const done = await commit(() => {
        const value = work()
        release(holding.runId, holding.claim)
        return value
      })
      drop(holding)
      return done
    },
    of: (runId) => held.get(runId),
    lose,
    close() {
      stop()
      for (const holding of [...held.values()]) lose(holding, closed(holding))
      statements.leave.run(owner.id)
    },
  }
}

function takenOver({ runId }: Holding): StoreError {
  return new StoreError('stale', `Another owner took over the run ${runId}, or it was deleted.`, { runId })
}

function closed({ runId }: Holding): StoreError {
  return new StoreError('closed', 'The store was closed.', { runId })
}

function locked(runId: string, { pid, lease }: Owner & { lease: number }): StoreError {
  return new StoreError(
    'locked',
    `The run ${runId} is under way in process ${pid}, whose lease runs until ${new Date(lease).toISOString()}.`,
    { runId },
  )
}
