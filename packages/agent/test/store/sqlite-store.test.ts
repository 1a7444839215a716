import { spawn } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  copyFileSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type RunLease, type SqliteStore, type SqliteStoreOptions, sqliteStore } from '@pawl/agent'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { logOf, said, started } from './events.ts'
import { storePath, transactions } from './files.ts'

function opened(path = storePath(), options: SqliteStoreOptions = {}) {
  const store = sqliteStore(path, options)
  onTestFinished(() => store.close())
  return { store, path }
}

test('another store on the same file sees what was appended', async () => {
  const { store, path } = opened()
  const log = logOf('a', started, said('one'))
  await (await store.claim('a')).append(0, log)

  expect(await opened(path).store.read('a')).toEqual(log)
})

test('appends of one turn share a transaction; one that is refused takes nobody with it', async () => {
  const { store, path } = opened()
  const leases = await Promise.all(Array.from({ length: 50 }, (_, index) => store.claim(`r${index}`)))
  await store.delete('r7')
  const before = transactions(path)
  const ends = await Promise.allSettled(leases.map((lease) => lease.append(0, logOf(lease.runId, started))))

  expect(ends.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []))).toEqual([7])
  expect(transactions(path) - before).toBe(1)
})

test('a run that is alone is written before the turn of the event loop ends, and waits for others where there are some', async () => {
  const { store } = opened()
  const order: string[] = []
  const append = async (lease: RunLease) => {
    setImmediate(() => order.push('turn'))
    await lease.append(0, logOf(lease.runId, started))
    order.push(lease.runId)
    await new Promise((resolve) => setImmediate(resolve))
  }
  const alone = await store.claim('alone')
  await append(alone)
  await append(await store.claim('second'))

  expect(order).toEqual(['alone', 'turn', 'turn', 'second'])
})

test('an event that cannot be written takes no other run with it', async () => {
  const { store, limitPages } = await limited()
  const [small, large] = [await store.claim('small'), await store.claim('large')]
  await small.append(0, logOf('small', started))
  await large.append(0, logOf('large', started))
  limitPages(24)
  const ends = await Promise.allSettled([
    small.append(1, logOf('small', started, said('fits')).slice(1)),
    large.append(1, logOf('large', started, said('x'.repeat(400_000))).slice(1)),
  ])

  expect(ends).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: { reason: 'full' } }])
  expect((await store.read('small')).length).toBe(2)
  expect((await store.read('large')).length).toBe(1)
})

test('a list of more than one page is whole and in order', async () => {
  const { store } = opened()
  const ids = Array.from({ length: 1_201 }, (_, index) => `r${String(index).padStart(4, '0')}`)
  await Promise.all(
    ids.map(async (runId) =>
      (await store.claim(runId)).append(
        0,
        logOf(runId, started).map((event) => ({ ...event, time: 5 })),
      ),
    ),
  )
  const found: string[] = []
  for await (const { runId } of store.list({ status: 'running' })) found.push(runId)

  expect(found).toEqual(ids.reverse())
})

describe('owners', () => {
  test('an owner without a sign of life is replaced when its lease has run out, and cannot write', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const { store, path } = opened()
    const lease = await store.claim('a')
    await lease.append(0, logOf('a', started))
    const other = opened(path).store
    vi.setSystemTime(Date.now() + 9_999)
    await expect(other.claim('a')).rejects.toMatchObject({ reason: 'locked' })
    vi.setSystemTime(Date.now() + 2)
    const taken = await other.claim('a')

    await expect(lease.append(1, logOf('a', said('late')))).rejects.toMatchObject({ reason: 'stale' })
    expect(lease.lost.aborted).toBe(true)
    await taken.append(1, logOf('a', started, said('on')).slice(1))
    expect((await store.read('a')).length).toBe(2)
  })

  test('a sign of life keeps every run of the store, and tells what another owner took', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const { store, path } = opened()
    const [kept, lost] = [await store.claim('kept'), await store.claim('lost')]
    const other = opened(path).store
    for (let beats = 0; beats < 8; beats += 1) {
      vi.advanceTimersByTime(2_500)
      await committed()
    }
    await expect(other.claim('kept')).rejects.toMatchObject({ reason: 'locked' })
    expect(kept.lost.aborted).toBe(false)
    await other.delete('lost')
    vi.advanceTimersByTime(2_500)
    await committed()

    expect([kept.lost.aborted, lost.lost.aborted]).toEqual([false, true])
  })

  test('a run that could not be released is released with the next sign of life', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const { store, path } = opened()
    const lease = await store.claim('a')
    await lease.append(0, logOf('a', started))
    const busy = vi.spyOn(StatementSync.prototype, 'run').mockImplementationOnce(() => {
      throw Object.assign(new Error('database or disk is full'), { errcode: 13 })
    })
    onTestFinished(() => busy.mockRestore())
    await lease.release()
    const other = opened(path).store
    await expect(other.claim('a')).rejects.toMatchObject({ reason: 'locked' })
    vi.advanceTimersByTime(2_500)
    await committed()

    expect((await other.claim('a')).length).toBe(1)
  })

  test('who lost a run can neither end it nor let it go', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const { store, path } = opened()
    const lease = await store.claim('a', logOf('a', started))
    vi.setSystemTime(Date.now() + 10_001)
    const taken = await opened(path).store.claim('a')
    const end = logOf('a', started, { type: 'run.done', text: 'late' }).slice(1)
    await expect(lease.append(1, end, { release: true })).rejects.toMatchObject({ reason: 'stale' })

    expect([lease.lost.aborted, taken.lost.aborted]).toEqual([true, false])
    await expect(opened(path).store.claim('a')).rejects.toMatchObject({ reason: 'locked' })
    expect(await store.read('a')).toEqual(logOf('a', started))
  })

  test('the runs of a process that was killed are free at once', async () => {
    const { store, path } = opened()
    const holder = await holding(path)
    await expect(store.claim('a')).rejects.toMatchObject({ reason: 'locked' })
    holder.kill('SIGKILL')
    await new Promise((ended) => holder.once('exit', ended))

    expect((await store.claim('a')).length).toBe(1)
  })

  test.skipIf(process.platform === 'win32')(
    'an owner that was stopped and wakes after a takeover cannot append',
    async () => {
      const { store, path } = opened(storePath(), { leaseTime: 400 })
      const holder = await holding(path, 400)
      holder.kill('SIGSTOP')
      const lease = await claimed(store, 'a')
      const words: string[] = []
      const told = new Promise<void>((resolve) =>
        holder.stdout.on('data', (text) => {
          words.push(String(text))
          if (String(text).includes('append')) resolve()
        }),
      )
      holder.kill('SIGCONT')
      holder.stdin.write('append\n')
      await told
      await lease.append(1, logOf('a', started, said('mine')).slice(1))

      expect(words.join('')).toContain('append refused: stale, lost: true')
      expect((await store.read('a')).at(-1)).toMatchObject({ message: { content: 'mine' } })
    },
  )

  test('a store that is closed lets its runs go and answers nothing more', async () => {
    const { store, path } = opened()
    const lease = await store.claim('a')
    const append = lease.append(0, logOf('a', started))
    store.close()
    await append

    expect(lease.lost.reason).toMatchObject({ reason: 'closed' })
    await expect(store.read('a')).rejects.toMatchObject({ reason: 'closed' })
    await expect(store.claim('a')).rejects.toMatchObject({ reason: 'closed' })
    expect((await opened(path).store.claim('a')).length).toBe(1)
  })
})

describe('faults of the disk', () => {
  test('a store without space writes nothing, says so, and goes on when there is space again', async () => {
    const { store, limitPages } = await limited()
    const lease = await store.claim('a')
    await lease.append(0, logOf('a', started))
    limitPages(1)
    const large = logOf('a', started, said('x'.repeat(100_000))).slice(1)
    await expect(lease.append(1, large)).rejects.toMatchObject({ reason: 'full', retryable: true })
    expect(lease.length).toBe(1)
    limitPages(1_000_000)
    await lease.append(1, large)

    expect((await store.read('a')).length).toBe(2)
  })

  test('an end that could not be written leaves the run with its owner, who ends it when there is space again', async () => {
    const { store, path, limitPages } = await limited()
    const lease = await store.claim('a', logOf('a', started))
    const end = logOf('a', started, { type: 'run.done', text: 'x'.repeat(100_000) }).slice(1)
    limitPages(1)
    await expect(lease.append(1, end, { release: true })).rejects.toMatchObject({ reason: 'full' })
    const other = opened(path).store
    await expect(other.claim('a')).rejects.toMatchObject({ reason: 'locked' })
    limitPages(1_000_000)
    await lease.append(1, end, { release: true })

    expect((await other.claim('a')).length).toBe(2)
  })

  test('a run that could not begin is not held', async () => {
    const { store, path, limitPages } = await limited()
    limitPages(1)
    const large = logOf('a', { ...started, input: [{ role: 'user', content: 'x'.repeat(100_000) }] })
    await expect(store.claim('a', large)).rejects.toMatchObject({ reason: 'full' })
    limitPages(1_000_000)

    expect(await opened(path).store.claim('a')).toMatchObject({ length: 0, begun: false })
  })

  test('a folder that cannot be written is told before any run begins', async () => {
    const path = storePath('missing/runs.db')
    await expect(sqliteStore(path).claim('a')).rejects.toMatchObject({ reason: 'readonly' })
  })

  test('a file that cannot be written is told at the claim', async () => {
    const { store, path } = opened()
    await (await store.claim('a')).append(0, logOf('a', started))
    store.close()
    await expect(unwritable(path, () => sqliteStore(path).claim('a'))).rejects.toMatchObject({ reason: 'readonly' })
  })

  test('a file that is no database is refused and left as it was', async () => {
    const path = storePath()
    writeFileSync(path, 'not a database, but 32 bytes or more of something else')
    await expect(sqliteStore(path).read('a')).rejects.toMatchObject({ reason: 'corrupt' })
    await expect(sqliteStore(path).claim('a')).rejects.toMatchObject({ reason: 'corrupt' })

    expect(readFileSync(path, 'utf8')).toContain('not a database')
  })

  test('a file of a newer Pawl is refused and left alone', async () => {
    const { store, path } = opened()
    await store.claim('a')
    store.close()
    raw(path, 'pragma user_version = 99')

    await expect(sqliteStore(path).claim('a')).rejects.toMatchObject({ reason: 'version' })
    expect(new DatabaseSync(path).prepare('pragma user_version').get()).toEqual({ user_version: 99 })
  })

  test.each([
    ['an event of a newer log', 'update events set version = 2 where at = 1', 'version'],
    ['a text that was changed', `update events set event = replace(event, 'one', 'two') where at = 1`, 'corrupt'],
    ['a text that is cut', 'update events set event = substr(event, 1, 20) where at = 1', 'corrupt'],
    ['an event that is gone', 'delete from events where at = 1', 'corrupt'],
    ['events in each other’s place', 'update events set at = 9 - at; update events set at = at - 7', 'corrupt'],
  ])('%s is told, and nothing is overwritten', async (_, damage, reason) => {
    const { store, path } = opened()
    await (await store.claim('a')).append(0, logOf('a', started, said('one'), said('two')))
    store.close()
    raw(path, damage)
    const before = rows(path)

    await expect(opened(path).store.read('a')).rejects.toMatchObject({ code: 'store_error', reason, runId: 'a' })
    expect(rows(path)).toEqual(before)
  })

  test('a run whose last event is damaged stays in the list, with the time of the one before', async () => {
    const { store, path } = opened()
    await (await store.claim('a')).append(0, logOf('a', started, said('one'), said('two')))
    raw(path, 'update events set event = substr(event, 1, 20) where at = 2')
    const found: unknown[] = []
    for await (const { runId, status, updatedAt } of store.list()) found.push({ runId, status, updatedAt })

    expect(found).toEqual([{ runId: 'a', status: 'running', updatedAt: 2_000 }])
  })

  test('a change of any text anywhere in the log is told', async () => {
    const { store, path } = opened()
    const log = logOf('a', started, said('one'), said('two'))
    await (await store.claim('a')).append(0, log)
    const database = new DatabaseSync(path)
    onTestFinished(() => database.close())
    database.exec('pragma synchronous = off')
    const write = database.prepare(`update events set event = ? where run = 'a' and at = ?`)
    await fc.assert(
      fc.asyncProperty(fc.nat(2), fc.nat(150), fc.string({ maxLength: 2 }), async (at, from, put) => {
        const text = JSON.stringify(log[at])
        const changed = text.slice(0, from) + put + text.slice(from + 1)
        write.run(changed, at)
        const read = await store.read('a').catch((error) => error.reason)
        write.run(text, at)
        expect(read).toEqual(changed === text ? log : 'corrupt')
      }),
      { numRuns: process.env['PAWL_DEEP'] ? 5_000 : 200 },
    )
  })

  test('damaged pages are told or change nothing', async () => {
    const { store, path } = opened()
    const log = logOf('a', started, ...Array.from({ length: 40 }, (_, index) => said(`${index} ${'x'.repeat(500)}`)))
    await (await store.claim('a')).append(0, log)
    store.close()
    const reasons = new Set<unknown>()
    for (let page = 0; page < statSync(path).size / 4096; page += 1) {
      const copy = `${path}-${page}`
      copyFileSync(path, copy)
      const file = openSync(copy, 'r+')
      writeSync(file, Buffer.alloc(200, 0xa5), 0, 200, page * 4096 + 1_000)
      closeSync(file)
      const read = await opened(copy)
        .store.read('a')
        .catch((error) => error.reason)
      if (Array.isArray(read)) expect(read).toEqual(log)
      else reasons.add(read)
    }

    expect([...reasons]).toEqual(['corrupt'])
  })

  test('a write-ahead log that is cut at any byte leaves a beginning of the run, or is told; appends go on from it', async () => {
    const { store, path } = opened()
    const log = logOf('a', started, ...Array.from({ length: 12 }, (_, index) => said(`${index} ${'x'.repeat(300)}`)))
    const lease = await store.claim('a')
    for (const [at, event] of log.entries()) await lease.append(at, [event])
    const size = statSync(`${path}-wal`).size
    const lengths = new Set<number>()
    for (let cut = size; cut > -3_001; cut -= 3_001) {
      const copy = `${path}-${size - cut}`
      copyFileSync(path, copy)
      copyFileSync(`${path}-wal`, `${copy}-wal`)
      truncateSync(`${copy}-wal`, Math.max(0, cut))
      const other = sqliteStore(copy)
      const left = await other.read('a')
      expect(left).toEqual(log.slice(0, left.length))
      lengths.add(left.length)
      const next = await opened(copy).store.claim('b')
      await next.append(0, logOf('b', started))
      expect(await other.read('a')).toEqual(left)
      other.close()
    }

    expect([...lengths]).toEqual(expect.arrayContaining([0, 1, 6, log.length]))
  })
})

test('where the runtime has no SQLite the error says what to take', async () => {
  const builtin = vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never)
  onTestFinished(() => builtin.mockRestore())

  await expect(sqliteStore('runs.db').read('a')).rejects.toMatchObject({
    reason: 'unsupported',
    message: 'This runtime has no node:sqlite: take Node 22.13 or newer, or memoryStore().',
  })
})

/** A store, and how to let its file grow by some pages at most: SQLite keeps that limit in the connection. */
async function limited() {
  const prepare = vi.spyOn(DatabaseSync.prototype, 'prepare')
  const { store, path } = opened()
  await store.read('a')
  const connection = prepare.mock.contexts[0] as DatabaseSync
  prepare.mockRestore()
  const limitPages = (more: number) => {
    const { page_count } = connection.prepare('pragma page_count').get() as { page_count: number }
    connection.exec(`pragma max_page_count = ${page_count + more}`)
  }
  return { store, path, limitPages }
}

function raw(path: string, sql: string): void {
  const database = new DatabaseSync(path)
  database.exec(sql)
  database.close()
}

function rows(path: string): unknown {
  const database = new DatabaseSync(path)
  const all = database.prepare('select * from events').all()
  database.close()
  return all
}

/** A store's work is on disk one turn of the event loop later. */
async function committed(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
  await new Promise((resolve) => setImmediate(resolve))
}

/** Another process that holds the run `a`, with its first event written. */
async function holding(path: string, leaseTime = 10_000) {
  const program = fileURLToPath(new URL('holder.ts', import.meta.url))
  const holder = spawn(process.execPath, [program, path, String(leaseTime)], { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => void holder.kill('SIGKILL'))
  await new Promise((resolve, reject) => {
    holder.stdout.once('data', resolve)
    holder.once('exit', (code) => reject(new Error(`The holder ended with ${code}.`)))
  })
  return holder
}

/** Waits until the run is free. */
async function claimed(store: SqliteStore, runId: string): Promise<RunLease> {
  for (;;) {
    try {
      return await store.claim(runId)
    } catch {
      await sleep(50)
    }
  }
}

/** What is done here cannot write the file, also where the tests run as a user to whom nothing is forbidden. */
async function unwritable<T>(path: string, work: () => Promise<T>): Promise<T> {
  chmodSync(path, 0o444)
  chmodSync(dirname(path), 0o555)
  const user = process.geteuid?.()
  if (user === 0) process.seteuid?.(65_534)
  try {
    return await work()
  } finally {
    if (user === 0) process.seteuid?.(0)
    chmodSync(dirname(path), 0o755)
  }
}
