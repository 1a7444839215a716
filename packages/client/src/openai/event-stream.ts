/** A stream as the official package tells it: listeners by name, promises for its end, one controller. */

import { APIUserAbortError, OpenAIError } from './errors.ts'

/** What every stream tells, with the arguments of its listeners. */
export interface BaseEvents {
  connect: []
  error: [error: OpenAIError]
  abort: [error: APIUserAbortError]
  end: []
}

type Call<Values> = Values extends readonly unknown[] ? (...values: Values) => void : never

interface Listener {
  readonly call: (...values: any[]) => void
  readonly once: boolean
}

/**
 * `Events` maps a name to the arguments of its listeners. A fault that nobody listens to or waits for becomes one
 * unhandled rejection.
 */
export abstract class EventStream<Events extends BaseEvents> {
  /** Aborting it ends the stream with an `APIUserAbortError`. */
  readonly controller = new AbortController()
  readonly #listeners = new Map<keyof Events, Listener[]>()
  readonly #end = Promise.withResolvers<void>()
  #awaited = false
  #ended = false
  #errored = false
  #aborted = false

  get ended(): boolean {
    return this.#ended
  }

  get errored(): boolean {
    return this.#errored
  }

  get aborted(): boolean {
    return this.#aborted
  }

  abort(): void {
    this.controller.abort()
  }

  on<K extends keyof Events>(event: K, listener: Call<Events[K]>): this {
    return this.#add(event, { call: listener, once: false })
  }

  once<K extends keyof Events>(event: K, listener: Call<Events[K]>): this {
    return this.#add(event, { call: listener, once: true })
  }

  off<K extends keyof Events>(event: K, listener: Call<Events[K]>): this {
    const left = this.#of(event).filter(({ call }) => call !== listener)
    this.#listeners.set(event, left)
    return this
  }

  /** Resolves with the first argument of the next such event; rejects when the stream fails before it. */
  emitted<K extends keyof Events>(
    event: K,
  ): Promise<Events[K] extends [infer First, ...unknown[]] ? First : undefined> {
    this.#awaited = true
    return new Promise((resolve, reject) => {
      if (event !== 'error') this.once('error', reject as never)
      if (event !== 'abort') this.once('abort', reject as never)
      this.once(event, resolve as never)
    })
  }

  /** Resolves at a good end; rejects with what went wrong. */
  async done(): Promise<void> {
    this.#awaited = true
    await this.#end.promise
  }

  /** Runs `follow` once the caller has put its listeners on, and tells its end. */
  protected start(follow: () => Promise<void>): void {
    this.#end.promise.catch(() => {})
    setTimeout(() => {
      follow().then(
        () => this.#succeed(),
        (error: unknown) => this.#fail(error),
      )
    })
  }

  protected emit<K extends keyof Events>(event: K, ...values: Events[K] extends unknown[] ? Events[K] : never): void {
    const listeners = this.#of(event)
    if (listeners.some(({ once }) => once)) {
      this.#listeners.set(
        event,
        listeners.filter(({ once }) => !once),
      )
    }
    for (const { call } of listeners) call(...values)
  }

  #succeed(): void {
    this.#ended = true
    this.#end.resolve()
    this.#close()
  }

  #fail(fault: unknown): void {
    const error = fault instanceof Error ? fault : new OpenAIError(String(fault))
    const event = error instanceof APIUserAbortError ? 'abort' : 'error'
    if (event === 'abort') this.#aborted = true
    else this.#errored = true
    // A rejection of its own, so that a fault is not lost where nobody asked for the end.
    if (!this.#awaited && this.#of(event).length === 0) void Promise.reject(error)
    // Settled first: a listener that throws must not leave the end pending.
    this.#ended = true
    this.#end.reject(error)
    this.emit(event, ...([error] as never))
    this.#close()
  }

  #close(): void {
    this.emit('end', ...([] as never))
    this.#listeners.clear()
  }

  #add(event: keyof Events, listener: Listener): this {
    this.#listeners.set(event, [...this.#of(event), listener])
    return this
  }

  #of(event: keyof Events): readonly Listener[] {
    return this.#listeners.get(event) ?? []
  }
}
