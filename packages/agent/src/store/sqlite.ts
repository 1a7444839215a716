/** The door of `node:sqlite`, opened at first use. */

import type { DatabaseSync } from 'node:sqlite'
import { StoreError } from '../errors/store-error.ts'

export type { DatabaseSync } from 'node:sqlite'

/** @throws StoreError `unsupported` where this runtime has no SQLite, `readonly` or `failed` where the file cannot be opened */
export function openDatabase(path: string): DatabaseSync {
  const sqlite = typeof process === 'object' ? process.getBuiltinModule?.('node:sqlite') : undefined
  if (!sqlite)
    throw new StoreError('unsupported', 'This runtime has no node:sqlite: take Node 22.13 or newer, or memoryStore().')
  try {
    const database = new sqlite.DatabaseSync(path, { timeout: 5000 })
    database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on')
    return database
  } catch (cause) {
    throw storeFault(cause, path)
  }
}

/** What SQLite complained of, by its code. https://www.sqlite.org/rescode.html */
export function storeFault(cause: unknown, what: string): StoreError {
  if (cause instanceof StoreError) return cause
  const code = typeof cause === 'object' && cause !== null && 'errcode' in cause ? Number(cause.errcode) & 0xff : 0
  switch (code) {
    case 5:
    case 6:
      return new StoreError('locked', `The store is busy (${what}); another process holds it.`, { cause })
    case 8:
      return new StoreError('readonly', `The store cannot be written (${what}).`, { cause })
    case 11:
    case 26:
      return new StoreError('corrupt', `The store is damaged (${what}); it was left as it is.`, { cause })
    case 13:
      return new StoreError('full', `There is no space left for the store (${what}); nothing was written.`, { cause })
    case 14:
      return new StoreError('readonly', `The store cannot be opened (${what}); is its folder there and writable?`, {
        cause,
      })
    default:
      return new StoreError('failed', `The store failed (${what}).`, { cause })
  }
}
