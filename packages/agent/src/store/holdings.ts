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
  /** @throws StoreError `locked` */
  take(runId: string): Promise<{ readonly holding: Holding; readonly length: number }>
  give(holding: Holding): Promise<void>
  /** This store does not hold the run any more: another took it, or it was deleted. */
  lose(runId: string): void
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
    for (const { runId } of gone ?? []) lose(runId)
    if (gone && held.size === 0) stop()
  }

  function release(runId: string, claim: number): void {
    statements.release.run(runId, owner.id, claim)
    statements.forget.run(runId)
  }

  function lose(
    runId: string,
    why = new StoreError('stale', `Another owner took over the run ${runId}, or it was deleted.`, { runId }),
  ): void {
    const holding = held.get(runId)
    held.delete(runId)
    holding?.lost.abort(why)
  }

  function stop(): void {
    clearInterval(pulse)
    pulse = undefined
  }

  return {
    async take(runId) {
      const holding = { runId, owner: owner.id, claim: ++claims, lost: new AbortController() }
      const length = commit(() => {
        const now = Date.now()
        const holder = statements.holder.get(runId, now) as unknown as (Owner & { lease: number }) | undefined
        if (holder && !isGone(holder)) throw locked(runId, holder)
        sign(now)
        statements.hold.run(runId, owner.id, holding.claim)
        // Known before it is on disk: a beat in the same transaction sees the row and what it belongs to.
        held.set(runId, holding)
        return (statements.length.get(runId) as { length: number | null }).length ?? 0
      })
      pulse ??= setInterval(beat, leaseTime / 4).unref()
      try {
        return { holding, length: await length }
      } catch (cause) {
        if (held.get(runId) === holding) held.delete(runId)
        throw cause
      }
    },
    async give(holding) {
      const { runId, claim } = holding
      if (held.get(runId) !== holding) return
      held.delete(runId)
      // Where this fails, the next beat finds a run that nobody here holds, and lets it go.
      await commit(() => release(runId, claim)).catch(() => {})
    },
    lose,
    close() {
      stop()
      for (const runId of [...held.keys()]) lose(runId, new StoreError('closed', 'The store was closed.', { runId }))
      statements.leave.run(owner.id)
    },
  }
}

function locked(runId: string, { pid, lease }: Owner & { lease: number }): StoreError {
  return new StoreError(
    'locked',
    `The run ${runId} is under way in process ${pid}, whose lease runs until ${new Date(lease).toISOString()}.`,
    { runId },
  )
}
