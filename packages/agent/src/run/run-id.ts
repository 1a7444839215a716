/** Names of runs: what a store takes, and new ones. */

import { StoreError } from '../errors/store-error.ts'

/**
 * A run's id may become a key or a file's name: lower-case letters, digits, `_`, `-`, and dots between a run and its
 * children; at most 128 characters.
 * @throws StoreError `id`
 */
export function checkRunId(id: unknown): asserts id is string {
  if (typeof id === 'string' && id.length <= 128 && /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(id)) return
  throw new StoreError(
    'id',
    'A run id must be made of lower-case letters, digits, "_" and "-", with single dots between, at most 128 characters.',
  )
}

/** Sorts by the time it was made: 9 characters of time, 16 of chance. */
export function newRunId(now: number): string {
  let id = `run_${now.toString(36).padStart(9, '0')}`
  for (let at = 0; at < 16; at += 1) id += digits[chance() % digits.length]
  return id
}

const digits = '0123456789abcdefghijklmnopqrstuvwxyz'

const pool = new Uint8Array(1024)
let used = pool.length

/** A random byte. The system is asked for many at once: one question costs as much as a step's bookkeeping. */
function chance(): number {
  if (used === pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  return pool[used++] ?? 0
}

/** The run of an agent that was called as a tool. */
export function childRunId(runId: string, step: number, index: number): string {
  return `${runId}.${step}.${index}`
}
