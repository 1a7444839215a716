/** Runs in one SQLite file, shared by processes: durable appends, one owner a run, fenced by an epoch. */

import { StoreError } from '../errors/store-error.ts'
import type { StoredEvent } from '../events.ts'
import { checkRunId } from '../run-id.ts'
import { groupCommit } from './group-commit.ts'
import type { RunLease, RunStore, RunSummary } from './run-store.ts'
import { type DatabaseSync, openDatabase, storeFault } from './sqlite.ts'
import { statusAfter } from './summary.ts'
import { upgrade } from './upgrade.ts'

/** milliseconds after which an owner that gives no sign of life may be replaced */
const leaseTime = 10_000
const schemaVersion = 1

/**
 * Opens the file at first use and makes it where it is missing. An append is on disk (WAL, `synchronous=FULL`) when it
 * resolves; appends of one turn of the event loop share a transaction.
 * @param path a file, or `:memory:`
 */
export function sqliteStore(path: string): RunStore {
  let opened: ReturnType<typeof open> | undefined
  const connect = () => {
    opened ??= open(path)
    return opened
  }
  return {
    async read(runId, from = 0) {
      checkRunId(runId)
      const { statements } = connect()
      const rows = guarded(path, () => statements.read.all(runId, from)) as { at: number; event: string }[]
      return rows.map(({ at, event }, index) => parsed(runId, at, event, from + index))
    },
    claim: async (runId) => {
      checkRunId(runId)
      return claim(connect(), path, runId)
    },
    async *list({ status } = {}) {
      const { statements } = connect()
      const rows = guarded(path, () =>
        status === undefined ? statements.list.all() : statements.listStatus.all(status),
      )
      for (const row of rows) yield summary(row as unknown as Row)
    },
    async delete(runId) {
      checkRunId(runId)
      guarded(path, () => connect().statements.delete.run(runId))
    },
  }
}

interface Row {
  id: string
  status: RunSummary['status']
  agent: string
  started: number
  updated: number
  parent: string | null
}

function summary({ id, status, agent, started, updated, parent }: Row): RunSummary {
  return { runId: id, status, agent, startedAt: started, updatedAt: updated, ...(parent !== null && { parent }) }
}

function open(path: string) {
  const database = openDatabase(path)
  prepareSchema(database, path)
  const statements = {
    read: database.prepare('select at, event from events where run = ? and at >= ? order by at'),
    length: database.prepare('select count(*) as length, max(at) as last from events where run = ?'),
    insert: database.prepare('insert into events (run, at, event) values (?, ?, ?)'),
    list: database.prepare('select * from runs where agent is not null order by started desc, id desc'),
    listStatus: database.prepare(
      'select * from runs where status = ? and agent is not null order by started desc, id desc',
    ),
    delete: database.prepare('delete from runs where id = ?'),
    // One statement decides: the row changes only where nobody holds the run, or its holder is silent for too long.
    claim: database.prepare(
      `insert into runs (id, owner, lease, epoch) values (?1, ?2, ?3, 1)
       on conflict (id) do update set owner = ?2, lease = ?3, epoch = epoch + 1 where owner is null or lease < ?4 returning epoch`,
    ),
    owned: database.prepare('select 1 from runs where id = ? and epoch = ? and owner is not null'),
    update: database.prepare(
      `update runs set status = ?3, updated = ?4, lease = ?5, agent = coalesce(agent, ?6), parent = coalesce(parent, ?7), started = coalesce(started, ?4)
       where id = ?1 and epoch = ?2 and owner is not null`,
    ),
    beat: database.prepare('update runs set lease = ?3 where id = ?1 and epoch = ?2 and owner is not null'),
    release: database.prepare('update runs set owner = null where id = ? and epoch = ?'),
    forget: database.prepare('delete from runs where id = ? and epoch = ? and agent is null'),
  }
  return { database, statements, commit: groupCommit(database, path) }
}

function prepareSchema(database: DatabaseSync, path: string): void {
  guarded(path, () => {
    const { user_version: version } = database.prepare('pragma user_version').get() as { user_version: number }
    if (version > schemaVersion)
      throw new StoreError(
        'version',
        `${path} was written by a newer Pawl (store version ${version}); this one knows ${schemaVersion}.`,
      )
    if (version === schemaVersion) return
    database.exec(`
      begin immediate;
      create table if not exists runs (
        id text primary key, status text not null default 'running', agent text, parent text,
        started integer, updated integer, owner text, lease integer not null default 0, epoch integer not null default 0
      ) strict;
      create index if not exists runs_by_status on runs (status, started);
      create table if not exists events (
        run text not null references runs (id) on delete cascade, at integer not null, event text not null, primary key (run, at)
      ) strict, without rowid;
      pragma user_version = ${schemaVersion};
      commit;`)
  })
}

function claim({ statements, commit }: ReturnType<typeof open>, path: string, runId: string): RunLease {
  const owner = crypto.randomUUID()
  const now = Date.now()
  const claimed = guarded(path, () => statements.claim.get(runId, owner, now + leaseTime, now)) as
    | { epoch: number }
    | undefined
  if (!claimed)
    throw new StoreError(
      'locked',
      `The run ${runId} is under way in another process; it can be taken over ${leaseTime / 1000} s after that one's last sign of life.`,
      { runId },
    )
  const { epoch } = claimed
  let { length } = guarded(path, () => statements.length.get(runId)) as { length: number }
  const lost = new AbortController()
  const lose = () => lost.abort(new StoreError('stale', `Another process took over the run ${runId}.`, { runId }))
  const beat = setInterval(() => {
    try {
      if (statements.beat.run(runId, epoch, Date.now() + leaseTime).changes === 0) lose()
    } catch {
      // A store that is busy for a moment; the next beat, or an append, tells.
    }
  }, leaseTime / 4)
  beat.unref()
  return {
    runId,
    get length() {
      return length
    },
    lost: lost.signal,
    append: (at, events) =>
      commit(() => {
        const last = events.at(-1)
        if (!last) return
        const [first] = events
        const begun = first?.type === 'run.started' ? first : undefined
        const owned =
          at === length &&
          statements.update.run(
            runId,
            epoch,
            statusAfter(last),
            last.time,
            Date.now() + leaseTime,
            begun?.agent ?? null,
            begun?.parent ?? null,
          ).changes === 1
        if (!owned) {
          if (at === length) lose()
          throw new StoreError('stale', `The run ${runId} went on elsewhere; nothing was written.`, { runId })
        }
        for (const [index, event] of events.entries()) statements.insert.run(runId, at + index, JSON.stringify(event))
        return () => {
          length += events.length
        }
      }),
    async release() {
      clearInterval(beat)
      guarded(path, () => {
        if (length === 0) statements.forget.run(runId, epoch)
        else statements.release.run(runId, epoch)
      })
    },
  }
}

/** A row that is no event, or stands in the wrong place, is told and left as it is. */
function parsed(runId: string, at: number, text: string, expected: number): StoredEvent {
  try {
    const event = JSON.parse(text)
    if (at === expected && event?.at === at && event.runId === runId && typeof event.type === 'string')
      return upgrade(event)
  } catch (cause) {
    if (cause instanceof StoreError) throw cause
  }
  throw new StoreError('corrupt', `The log of ${runId} is damaged at position ${expected}; it was left as it is.`, {
    runId,
  })
}

function guarded<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    throw storeFault(cause, path)
  }
}
