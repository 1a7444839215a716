/** Runs in one SQLite file, shared by processes: durable appends, one owner a run, fenced. */

import { StoreError } from '../errors/store-error.ts'
import { checkRunId } from '../run/run-id.ts'
import { logVersion, type StoredEvent } from '../state/events.ts'
import type { RunStatus } from '../state/state.ts'
import { checksum } from './checksum.ts'
import { type GroupCommit, groupCommit } from './group-commit.ts'
import { type Holding, type Holdings, holdings } from './holdings.ts'
import type { RunLease, RunStore, RunSummary } from './run-store.ts'
import { prepareStatements, prepareTables, type Statements } from './schema.ts'
import { openDatabase, storeFault } from './sqlite.ts'
import { statusAfter } from './summary.ts'
import { upgrade } from './upgrade.ts'

/** rows that one query of a list brings */
const page = 500

/** events that one statement writes */
const mostRows = 64

/** How long a process may be silent. */
export interface SqliteStoreOptions {
  /**
   * Milliseconds after which the runs of a process that gives no sign of life may be taken over; 10,000 when left out.
   * A process of this machine that has ended is replaced at once.
   */
  leaseTime?: number | undefined
}

export interface SqliteStore extends RunStore {
  /** Writes what waits, lets all runs of this store go, and closes the file; later calls throw StoreError `closed`. */
  close(): void
}

/**
 * Opens the file at first use and makes it where it is missing. An append is on disk (WAL, `synchronous=FULL`) when it
 * resolves; appends of several runs in one turn of the event loop share a transaction. Needs `node:sqlite` (Node 22.13).
 * @param path a file, or `:memory:`
 */
export function sqliteStore(path: string, { leaseTime = 10_000 }: SqliteStoreOptions = {}): SqliteStore {
  let opened: Opened | undefined
  let closed = false

  /** Every call enters here: the file is open, and what SQLite throws becomes a StoreError. */
  async function enter<T>(work: (store: Opened) => T | Promise<T>): Promise<T> {
    if (closed) throw new StoreError('closed', `The store was closed (${path}).`)
    try {
      opened ??= open(path, leaseTime)
      return await work(opened)
    } catch (cause) {
      throw storeFault(cause, path)
    }
  }

  return {
    async read(runId, from = 0) {
      checkRunId(runId)
      return enter(({ statements }) => readEvents(statements, runId, from))
    },
    async claim(runId, first = []) {
      checkRunId(runId)
      return enter((store) => {
        const texts = textsOf(first)
        return store.holdings.take(runId, (holding, length) => {
          const lease = new SqliteLease(store, holding, length)
          if (length === 0 && first.length > 0) lease.begin(first, texts)
          return lease
        })
      })
    },
    async *list({ status } = {}) {
      for (let rows: RunSummary[] | undefined; rows === undefined || rows.length === page; ) {
        const last = rows?.at(-1)
        rows = await enter(({ statements }) => readPage(statements, status, last))
        yield* rows
      }
    },
    async delete(runId) {
      checkRunId(runId)
      return enter(async ({ statements, commit, holdings }) => {
        const holding = await commit(() => {
          statements.delete.run(runId)
          return holdings.of(runId)
        })
        if (holding) holdings.lose(holding)
      })
    },
    close() {
      closed = true
      if (!opened) return
      const { database, holdings, flush } = opened
      opened = undefined
      try {
        flush()
        holdings.close()
      } finally {
        database.close()
      }
    },
  }
}

interface Opened extends GroupCommit {
  readonly database: ReturnType<typeof openDatabase>
  readonly statements: Statements
  readonly holdings: Holdings
}

function open(path: string, leaseTime: number): Opened {
  const database = openDatabase(path)
  try {
    prepareTables(database, path)
    const statements = prepareStatements(database)
    const group = groupCommit(database, path, () => held.size < 2)
    const held = holdings(statements, group, leaseTime)
    return { database, statements, ...group, holdings: held }
  } catch (cause) {
    database.close()
    throw cause
  }
}

class SqliteLease implements RunLease {
  readonly runId: string
  readonly lost: AbortSignal
  readonly #store: Opened
  readonly #holding: Holding
  #length: number
  #begun = false
  #writing = false
  /** whether its row says that it is under way, as a new one does */
  #running: boolean

  constructor(store: Opened, holding: Holding, length: number) {
    this.runId = holding.runId
    this.lost = holding.lost.signal
    this.#store = store
    this.#holding = holding
    this.#length = length
    this.#running = length === 0
  }

  get length(): number {
    return this.#length
  }

  get begun(): boolean {
    return this.#begun
  }

  /** In the transaction of the claim: the lease is given to nobody where that fails. */
  begin(events: readonly StoredEvent[], texts: readonly string[]): void {
    this.#running = this.#write(0, events, texts)
    this.#length = events.length
    this.#begun = true
  }

  async append(at: number, events: readonly StoredEvent[], { release = false } = {}): Promise<void> {
    if (this.#writing || at !== this.#length || this.lost.aborted) throw stale(this.runId)
    this.#writing = true
    const { commit, holdings } = this.#store
    try {
      const texts = textsOf(events)
      const write = () => this.#write(at, events, texts)
      this.#running = await (release ? holdings.giveAfter(this.#holding, write) : commit(write))
      this.#length += events.length
    } catch (cause) {
      if (cause instanceof StoreError && cause.reason === 'stale') holdings.lose(this.#holding)
      throw cause
    } finally {
      this.#writing = false
    }
  }

  release(): Promise<void> {
    return this.#store.holdings.give(this.#holding)
  }

  /** In the transaction: an event is written only where this claim still holds the run. Says whether the run goes on. */
  #write(at: number, events: readonly StoredEvent[], texts: readonly string[]): boolean {
    const { statements } = this.#store
    const { runId, owner, claim } = this.#holding
    for (let from = 0; from < texts.length; from += mostRows) {
      const rows = texts.slice(from, from + mostRows)
      const values = rows.flatMap((text, index) => [at + from + index, logVersion, checksum(text), text])
      const { changes } = statements.insert(rows.length).run(...values, runId, owner, claim)
      if (changes === 0) throw stale(runId)
    }
    const [first] = events
    const last = events.at(-1)
    if (!first || !last) return this.#running
    const status = statusAfter(last)
    if (first.type === 'run.started') statements.begin.run(first.agent, first.parent ?? null, first.time, runId)
    if (status !== 'running' || !this.#running) statements.touch.run(status, last.time, runId)
    return status === 'running'
  }
}

function textsOf(events: readonly StoredEvent[]): readonly string[] {
  return events.map((event) => JSON.stringify(event))
}

function stale(runId: string): StoreError {
  return new StoreError('stale', `The run ${runId} went on elsewhere; nothing was written.`, { runId })
}

interface EventRow {
  at: number
  version: number
  sum: number
  event: string
}

function readEvents(statements: Statements, runId: string, from: number): StoredEvent[] {
  const rows = statements.read.all(runId, from) as unknown as EventRow[]
  return rows.map((row, index) => parsed(runId, row, from + index))
}

/** A row that is not what was written, or stands in the wrong place, is told and left as it is. */
function parsed(runId: string, { at, version, sum, event: text }: EventRow, expected: number): StoredEvent {
  const event: StoredEvent | undefined = checksum(text) === sum ? JSON.parse(text) : undefined
  if (at === expected && event?.at === at && event.runId === runId) return upgrade(event, version)
  throw new StoreError('corrupt', `The log of ${runId} is damaged at position ${expected}; it was left as it is.`, {
    runId,
  })
}

interface RunRow {
  id: string
  status: RunStatus
  agent: string
  parent: string | null
  started: number
  updated: number
}

/** The page behind this run, or the first one. */
function readPage(statements: Statements, status: RunStatus | undefined, last: RunSummary | undefined): RunSummary[] {
  const behind = [last?.startedAt ?? Number.MAX_SAFE_INTEGER, last?.runId ?? '', page] as const
  const rows = status === undefined ? statements.list.all(...behind) : statements.listStatus.all(status, ...behind)
  return (rows as unknown as RunRow[]).map(({ id: runId, status, agent, parent, started, updated }) => ({
    runId,
    status,
    agent,
    startedAt: started,
    updatedAt: updated,
    ...(parent !== null && { parent }),
  }))
}
