/** The handle of a run: awaitable, iterable, by name. It starts in the next microtask, listened to or not. */

import { AlreadyReadError, type UserMessage } from '@pawl/client'
import { RunError } from '../errors/run-error.ts'
import type { RecordedEvent, RunEvent } from '../state/events.ts'
import { type Listener, listeners } from './emitter.ts'
import { type EventQueue, eventQueue } from './event-queue.ts'
import type { RunResult } from './run-result.ts'

/**
 * An async function that hands a run on returns it in an object, since `await` unwraps it. One iterator; one that starts late
 * first gets the recorded events. `break` aborts the run, unless it is also awaited. An error that nobody sees is one ordinary
 * `unhandledRejection`.
 */
export interface Run<O> extends PromiseLike<RunResult<O>>, AsyncIterable<RunEvent> {
  readonly runId: string
  on<T extends RunEvent['type']>(type: T, listener: Listener<T>): this
  /** the text of the answers in pieces; counts as the iterator */
  readonly textStream: AsyncIterable<string>
  /** Joins the conversation at the next step; resolves when it is on record. @throws RunError `run_ended` */
  send(message: string | UserMessage): Promise<void>
  /** Stops the run where it can go on: `run.stopped`, and the promise rejects with an `AbortError`. */
  abort(reason?: unknown): void
  catch<R>(seen: (error: unknown) => R): Promise<RunResult<O> | R>
  finally(then: () => void): Promise<RunResult<O>>
}

/** What the run itself holds of its handle. */
export interface Lead {
  readonly signal: AbortSignal
  readonly show: (event: RunEvent) => void
  /** whether anybody sees a live event */
  readonly watched: () => boolean
  readonly streaming: () => boolean
  readonly sent: () => readonly RecordedEvent[]
}

const liveTypes = new Set([
  'text.delta',
  'text.reset',
  'reasoning.delta',
  'tool.arguments.delta',
  'tool.progress',
  'retry.waiting',
])

const nothing: readonly never[] = []

interface Sent {
  readonly message: UserMessage
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** Who only watches cannot break a run: what a listener throws is told as any lost rejection is. */
function safely(tell: () => void): void {
  try {
    tell()
  } catch (error) {
    void Promise.reject(error)
  }
}

/** @param work the run; called in the next microtask */
export function runHandle<O>(
  runId: string,
  work: (lead: Lead) => Promise<RunResult<O>>,
  options: { onEvent?: ((event: RunEvent) => void) | undefined; stream?: boolean | undefined } = {},
): Run<O> {
  const { onEvent, stream = false } = options
  const controller = new AbortController()
  const named = listeners()
  const recorded: RunEvent[] = []
  const waiting: Sent[] = []
  const taken: Sent[] = []
  let listening = stream || onEvent !== undefined
  let heard = false
  let queue: EventQueue | undefined
  let awaited = false
  let ended = false

  const show = (event: RunEvent) => {
    if (event.type === 'message.added' && event.by === 'user' && event.runId === runId) taken.shift()?.resolve()
    if (queue) queue.push(event)
    else if (!liveTypes.has(event.type)) recorded.push(event)
    if (onEvent) safely(() => onEvent(event))
    if (heard) safely(() => named.emit(event))
  }
  const watched = () => queue !== undefined || onEvent !== undefined || heard
  const sent = (): readonly RecordedEvent[] => {
    if (waiting.length === 0) return nothing
    return waiting.splice(0).map((each) => {
      taken.push(each)
      return { type: 'message.added', by: 'user', message: each.message }
    })
  }

  const result = Promise.resolve()
    .then(() => work({ signal: controller.signal, show, watched, streaming: () => listening, sent }))
    .finally(() => {
      ended = true
      for (const { reject } of [...taken.splice(0), ...waiting.splice(0)])
        reject(new RunError('run_ended', `The run ${runId} ended before the message could join it.`, { runId }))
    })
  result.then(
    () => queue?.end(),
    (error: unknown) => {
      queue?.end(error)
      // Nobody waits and nobody reads: told once, as any lost rejection is.
      if (!awaited && !queue) void Promise.reject(error)
    },
  )
  const seen = () => {
    awaited = true
    return result
  }

  async function* events(): AsyncGenerator<RunEvent> {
    if (queue) throw new AlreadyReadError('This run has its reader; watch it with .on, or read the store.')
    listening = true
    queue = eventQueue(recorded.splice(0))
    if (ended)
      result.then(
        () => queue?.end(),
        (error: unknown) => queue?.end(error),
      )
    let complete = false
    try {
      for (let event = await queue.next(); event; event = await queue.next()) yield event
      complete = true
    } catch (error) {
      complete = true
      throw error
    } finally {
      if (!complete && !awaited && !ended) {
        controller.abort('its reader left')
        await result.catch(() => {})
      }
    }
  }

  const handle: Run<O> = {
    runId,
    // biome-ignore lint/suspicious/noThenProperty: a run is awaitable by design
    then: (done, failed) => seen().then(done, failed),
    catch: (failed) => seen().catch(failed),
    finally: (then) => seen().finally(then),
    [Symbol.asyncIterator]: () => {
      if (queue) throw new AlreadyReadError('This run has its reader; watch it with .on, or read the store.')
      const reader = events()
      // The reader counts from here on, not from its first step.
      listening = true
      return reader
    },
    on(type, listener) {
      if (liveTypes.has(type)) listening = true
      heard = true
      named.on(type, listener)
      return handle
    },
    textStream: {
      async *[Symbol.asyncIterator]() {
        for await (const event of handle) if (event.type === 'text.delta' && event.runId === runId) yield event.delta
      },
    },
    send(message) {
      if (ended)
        return Promise.reject(new RunError('run_ended', `The run ${runId} has ended; go on with \`after\`.`, { runId }))
      return new Promise((resolve, reject) => {
        waiting.push({
          message: typeof message === 'string' ? { role: 'user', content: message } : message,
          resolve,
          reject,
        })
      })
    },
    abort: (reason) => controller.abort(reason ?? 'aborted'),
  }
  return handle
}
