/** The tables of a SQLite store, and the statements on them. */

import { StoreError } from '../errors/store-error.ts'
import type { DatabaseSync } from './sqlite.ts'

const version = 1

/**
 * A run is held by the pair of its owner and that owner's number of the claim: never the same twice, so it fences.
 * `status` and `updated` follow the last event, but while a run goes on its row stays as it is: an append then touches its
 * events alone, and a list asks them for the time.
 * `version` and `sum` are of one event: its log version, and the checksum of its text. Events lie in the order in which
 * they were written, whatever their run: those of one transaction share pages, and the index on `(run, at)` is small.
 */
const tables = `
  begin immediate;
  create table if not exists owners (id text primary key, machine text not null, pid integer not null, started text not null, lease integer not null) strict;
  create table if not exists runs (
    id text primary key, status text not null default 'running', agent text, parent text, started integer, updated integer, owner text, claim integer
  ) strict;
  create index if not exists runs_by_start on runs (started, id);
  create index if not exists runs_by_status on runs (status, started, id);
  create index if not exists runs_by_owner on runs (owner) where owner is not null;
  create table if not exists events (
    run text not null references runs (id) on delete cascade, at integer not null, version integer not null, sum integer not null, event text not null,
    primary key (run, at)
  ) strict;
  pragma user_version = ${version};
  commit;`

/** Makes the tables where they are missing. @throws StoreError `version` for a file of a newer Pawl, which is left alone */
export function prepareTables(database: DatabaseSync, path: string): void {
  const { user_version: found } = database.prepare('pragma user_version').get() as { user_version: number }
  if (found > version)
    throw new StoreError(
      'version',
      `${path} was written by a newer Pawl (store version ${found}); this one knows ${version}.`,
    )
  if (found < version) database.exec(tables)
}

export type Statements = ReturnType<typeof prepareStatements>

export function prepareStatements(database: DatabaseSync) {
  const prepare = (sql: string) => database.prepare(sql)
  const inserts: ReturnType<typeof prepare>[] = []
  const lastTime = `select event ->> 'time' from events where run = id and json_valid(event) order by at desc limit 1`
  const summary = `select id, status, agent, parent, started, iif(status = 'running', (${lastTime}), updated) as updated from runs`
  const page = 'agent is not null and (started, id) < (?, ?) order by started desc, id desc limit ?'
  return {
    read: prepare('select at, version, sum, event from events where run = ? and at >= ? order by at'),
    list: prepare(`${summary} where ${page}`),
    listStatus: prepare(`${summary} where status = ? and ${page}`),
    delete: prepare('delete from runs where id = ?'),

    holder: prepare(
      'select owners.* from runs join owners on owners.id = runs.owner where runs.id = ? and owners.lease >= ?',
    ),
    hold: prepare(
      'insert into runs (id, owner, claim) values (?1, ?2, ?3) on conflict (id) do update set owner = ?2, claim = ?3',
    ),
    length: prepare('select max(at) + 1 as length from events where run = ?'),
    /** Of so many events. */
    insert(rows: number) {
      inserts[rows] ??= prepare(
        `insert into events (run, at, version, sum, event) select id, column1, column2, column3, column4
         from runs, (values ${Array(rows).fill('(?, ?, ?, ?)')}) where id = ? and owner = ? and claim = ?`,
      )
      return inserts[rows]
    },
    begin: prepare('update runs set agent = ?, parent = ?, started = ? where id = ?'),
    touch: prepare('update runs set status = ?, updated = ? where id = ?'),
    release: prepare('update runs set owner = null where id = ? and owner = ? and claim = ?'),
    forget: prepare('delete from runs where id = ? and owner is null and agent is null'),

    beat: prepare(
      'insert into owners (id, machine, pid, started, lease) values (?1, ?2, ?3, ?4, ?5) on conflict (id) do update set lease = ?5',
    ),
    held: prepare('select id, claim from runs where owner = ?'),
    bury: prepare('delete from owners where lease < ?'),
    leave: prepare('delete from owners where id = ?'),
  }
}
