/** The tree that a text has shown so far, in the form of the user's schema as far as that is possible. */

import type { Rewrite } from '../rewrite/rewrite.ts'
import type { JsonListener } from './json-listener.ts'
import { present, shownAsNull, shownBy } from './live-rewrite.ts'

/** An open container. One is kept for each depth, and serves all containers there one after the other. */
class Frame {
  readonly outer: Frame | undefined
  inner: Frame | undefined
  container: Record<string, unknown> | unknown[] = {}
  list = false
  /** how the values in it are shown */
  rewrite: Rewrite | undefined
  /** `shown`: part of the live tree. `unwrapped`: the envelope, whose value is the root. `held`: shown when closed. */
  mode: 'shown' | 'unwrapped' | 'held' = 'shown'
  /** where the value under way stands, or the last one stood: which one it is, and in an object its name */
  index = -1
  name = ''
  /** the names of the object here before, overwritten by its own: objects side by side mostly have the same in the same order */
  readonly names: string[] = []

  constructor(outer: Frame | undefined) {
    this.outer = outer
  }

  begin(list: boolean, rewrite: Rewrite | undefined): void {
    this.container = list ? [] : {}
    this.list = list
    this.rewrite = rewrite
    this.mode = modeOf(rewrite)
    this.index = -1
    this.name = ''
  }
}

function modeOf(rewrite: Rewrite | undefined): Frame['mode'] {
  if (rewrite === undefined) return 'shown'
  if (rewrite.live === undefined) return 'held'
  return rewrite.live.kind === 'envelope' ? 'unwrapped' : 'shown'
}

/** So many names of an object are remembered. */
const mostNames = 200

export class LiveTree implements JsonListener {
  root: unknown
  readonly #rewrite: Rewrite | undefined
  readonly #outermost = new Frame(undefined)
  /** the innermost of the open containers */
  #top: Frame | undefined
  /** whether the value under way in it can still change */
  #growing = true

  constructor(rewrite: Rewrite | undefined) {
    this.#rewrite = rewrite
  }

  begin(): void {
    if (this.#top?.list) this.#top.index++
    this.#growing = true
  }

  open(list: boolean): void {
    const frame = this.#next()
    frame.begin(list, shownBy(this.#place(), list))
    if (frame.mode === 'shown') this.#attach(frame.container)
    this.#top = frame
  }

  close(): void {
    const closed = this.#top
    this.#top = closed?.outer
    if (closed?.mode === 'held' && closed.rewrite !== undefined) this.#attachDecoded(closed.rewrite, closed.container)
    this.#growing = false
  }

  expectedKey(): string {
    return this.#top?.names[this.#top.index + 1] ?? ''
  }

  key(name: string): string | undefined {
    if (name === 'prototype' && this.#top?.outer?.name === 'constructor') {
      return 'the key "prototype" in "constructor" is not allowed'
    }
    this.#growing = true
    const top = this.#top
    if (top === undefined) return undefined
    const known = top.names[++top.index]
    // One string for all keys of a name: V8 then finds their place in an object without looking them up again.
    top.name = known === name ? known : name
    if (known !== name && top.index < mostNames) top.names[top.index] = name
    return undefined
  }

  text(prefix: string): void {
    const by = present(this.#place())
    if (by === undefined || by.live !== undefined) this.#attach(prefix)
  }

  value(value: string | number | boolean | null): void {
    const outer = this.#place()
    const by = value === null ? outer : present(outer)
    const asIs = value === null ? shownAsNull(outer) : by?.live !== undefined
    if (by === undefined || asIs) this.#attach(value)
    else this.#attachDecoded(by, value)
    this.#growing = false
  }

  /** Whether nothing at this path can change any more, while the text goes on. */
  closed(path: readonly (string | number)[]): boolean {
    const open = this.#shown()
    for (const [depth, key] of path.entries()) {
      const frame = open[depth]
      if (frame === undefined) return !this.#growing
      if (frame.mode === 'held') return false
      if (String(frame.list ? frame.index : frame.name) !== String(key)) return Object.hasOwn(frame.container, key)
    }
    return path.length === open.length && !this.#growing
  }

  /** The frame for a container in the innermost. */
  #next(): Frame {
    const outer = this.#top
    if (outer === undefined) return this.#outermost
    outer.inner ??= new Frame(outer)
    return outer.inner
  }

  /** The open containers that paths go through, from the outside in. */
  #shown(): readonly Frame[] {
    const open: Frame[] = []
    for (let frame = this.#top; frame !== undefined; frame = frame.outer)
      if (frame.mode !== 'unwrapped') open.unshift(frame)
    return open
  }

  /** The rewriting of the value under way. */
  #place(): Rewrite | undefined {
    const top = this.#top
    if (top === undefined) return this.#rewrite
    if (top.rewrite === undefined || top.mode === 'held') return undefined
    const { live } = top.rewrite
    if (live?.kind === 'items') return live.item
    if (live?.kind === 'envelope') return live.inner
    return live?.kind === 'fields' ? live.at(top.name) : undefined
  }

  #attach(value: unknown): void {
    const top = this.#top
    if (top === undefined || top.mode === 'unwrapped') this.root = value
    else if (top.list) (top.container as unknown[])[top.index] = value
    else (top.container as Record<string, unknown>)[top.name] = value
  }

  /** A value that is rewritten as a whole is complete. */
  #attachDecoded(by: Rewrite, wire: unknown): void {
    const value = by.decode(wire)
    const live = this.#top?.rewrite?.live
    const spread = live?.kind === 'fields' && live.rest === this.#top?.name
    if (spread && typeof value === 'object') Object.assign(this.#top?.container ?? {}, value)
    else if (value !== undefined || this.#top?.list) this.#attach(value)
  }
}
