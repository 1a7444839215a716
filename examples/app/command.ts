/** How the apps end: one line for an error on stderr, and an exit code that says what kind it was. */

import { isPawlError } from 'pawl'
import { note } from './page.ts'

/** The command or a setting is wrong; the message says how it is used. */
export class UsageError extends Error {}

/** What a client throws of a server: it could not be reached, or would not answer. */
const unanswered = new Set([
  'connection_error',
  'timeout',
  'protocol_error',
  'stream_error',
  'overloaded',
  'rate_limited',
  'quota_exceeded',
  'authentication_failed',
  'not_found',
  'api_error',
])

/** Runs an app with the words of its command line. */
export async function command(main: (words: string[]) => Promise<void>): Promise<void> {
  try {
    await main(process.argv.slice(2))
  } catch (error) {
    // An interrupted run has said already how to go on.
    if (process.exitCode !== 130) note(error instanceof Error ? error.message : String(error))
    process.exitCode ||= exitCode(error)
  }
}

/** Calls `parse` of the command line; what it throws is a UsageError that ends with `usage`. */
export function parsed<T>(usage: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n${usage}`)
  }
}

/** 2: the command or a setting is wrong; 5: the model did not answer; 1: anything else. */
export function exitCode(error: unknown): number {
  if (error instanceof UsageError) return 2
  return isPawlError(error) && unanswered.has(error.code) ? 5 : 1
}
