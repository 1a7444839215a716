/** A run as JSON lines: one event a line, for archives, other stores, bug reports, fixtures. */

import { RunError } from '../errors/run-error.ts'
import { StoreError } from '../errors/store-error.ts'
import { logVersion, type RecordedEvent, type StoredEvent } from '../state/events.ts'
import type { RunStore } from './run-store.ts'
import { upgrade } from './upgrade.ts'

/** The lines of a run, each with its end. Runs of agents called as tools are runs of their own, and exported by their own ids. */
export async function* exportRun(store: RunStore, runId: string): AsyncGenerator<string> {
  for (const event of await store.read(runId)) yield `${JSON.stringify(event)}\n`
}

/**
 * Writes an exported run into a store, all or nothing, and gives its id; `resume` goes on with it. Logs of older versions
 * are brought up to this one. A last line without its end is cut off, as a copy that was interrupted leaves it.
 * @param text the lines in pieces of any size
 * @throws StoreError `corrupt` naming the line, `version`; RunError `run_exists`
 */
export async function importRun(
  store: RunStore,
  text: string | Iterable<string> | AsyncIterable<string>,
): Promise<string> {
  const events = eventsOf(await linesOf(text))
  const runId = events[0]?.runId
  if (runId === undefined) throw new StoreError('corrupt', 'There is no run in these lines.')
  const lease = await store.claim(runId)
  try {
    if (lease.length > 0)
      throw new RunError('run_exists', `There is a run ${runId} already; delete it first.`, { runId })
    await lease.append(0, events)
    return runId
  } finally {
    await lease.release()
  }
}

async function linesOf(text: string | Iterable<string> | AsyncIterable<string>): Promise<readonly string[]> {
  let whole = ''
  for await (const piece of typeof text === 'string' ? [text] : text) whole += piece
  return whole.split('\n')
}

function eventsOf(lines: readonly string[]): readonly StoredEvent[] {
  const events: StoredEvent[] = []
  let version = logVersion
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue
    const raw = parse(line)
    // Each line ends with a line feed, so only the last piece can be the torn beginning of one.
    if (raw === undefined && index === lines.length - 1) break
    if (index === 0 && Number.isInteger(raw?.v)) version = raw.v
    const event = isRecord(raw) ? upgrade(raw, version) : undefined
    if (!event || !follows(event, events))
      throw new StoreError('corrupt', `Line ${index + 1} is not event ${events.length} of a run; nothing was written.`)
    events.push(event)
  }
  return events
}

function parse(line: string): any {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function isRecord(raw: unknown): raw is StoredEvent {
  return typeof raw === 'object' && raw !== null && 'type' in raw && 'runId' in raw
}

function follows({ type, runId, at, time }: StoredEvent, before: readonly StoredEvent[]): boolean {
  const [first] = before
  return (
    Object.hasOwn(recordedTypes, type) &&
    at === before.length &&
    Number.isFinite(time) &&
    (first ? type !== 'run.started' && runId === first.runId : type === 'run.started')
  )
}

const recordedTypes: Readonly<Record<RecordedEvent['type'], true>> = {
  'run.started': true,
  'completion.done': true,
  'tool.started': true,
  'tool.done': true,
  'approval.asked': true,
  'approval.given': true,
  'handoff.done': true,
  'message.added': true,
  'history.compacted': true,
  'run.waiting': true,
  'run.resumed': true,
  'run.done': true,
  'run.stopped': true,
  'run.failed': true,
}
