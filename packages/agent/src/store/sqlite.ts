/** The door of `node:sqlite`, opened at first use. */

import type { DatabaseSync } from 'node:sqlite'
import { StoreError, type StoreReason } from '../errors/store-error.ts'

export type { DatabaseSync } from 'node:sqlite'

/** milliseconds that a write waits for another process's commit */
const busyTimeout = 5_000

/** @throws StoreError `unsupported` where this runtime has no SQLite, `readonly` or `corrupt` where the file cannot be opened */
export function openDatabase(path: string): DatabaseSync {
  const sqlite = typeof process === 'object' ? process.getBuiltinModule?.('node:sqlite') : undefined
  if (!sqlite)
    throw new StoreError('unsupported', 'This runtime has no node:sqlite: take Node 22.13 or newer, or memoryStore().')
  let database: DatabaseSync | undefined
  try {
    database = new sqlite.DatabaseSync(path, { timeout: busyTimeout })
    database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on')
    return database
  } catch (cause) {
    database?.close()
    throw storeFault(cause, path)
  }
}

/** By SQLite's primary result code. https://www.sqlite.org/rescode.html */
const faults: Readonly<Record<number, readonly [StoreReason, string]>> = {
  5: ['locked', 'is busy: another process holds it'],
  6: ['locked', 'is busy: another process holds it'],
  8: ['readonly', 'cannot be written'],
  11: ['corrupt', 'is damaged; it was left as it is'],
  13: ['full', 'has no space left; nothing was written'],
  14: ['readonly', 'cannot be opened; is its folder there and writable?'],
  26: ['corrupt', 'is no SQLite file; it was left as it is'],
}

/** What SQLite complained of. @param path names the store */
export function storeFault(cause: unknown, path: string): StoreError {
  if (cause instanceof StoreError) return cause
  const code = typeof cause === 'object' && cause !== null && 'errcode' in cause ? Number(cause.errcode) & 0xff : 0
  const [reason, complaint] = faults[code] ?? ['failed', 'failed']
  return new StoreError(reason, `The store ${path} ${complaint}.`, { cause })
}
