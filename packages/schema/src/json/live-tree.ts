/** The tree that a text has shown so far, in the form of the user's schema as far as that is possible. */

import type { Rewrite } from '../rewrite/rewrite.ts'
import type { JsonListener } from './json-listener.ts'
import { present, shownAsNull, shownBy } from './live-rewrite.ts'

interface Frame {
  readonly container: Record<string, unknown> | unknown[]
  readonly list: boolean
  /** how the values in it are shown */
  readonly rewrite: Rewrite | undefined
  /** `shown`: part of the live tree. `unwrapped`: the envelope, whose value is the root. `held`: shown when closed. */
  readonly mode: 'shown' | 'unwrapped' | 'held'
  /** where the value under way stands, or the last one stood: which one it is, and in an object its name */
  index: number
  name: string
  /** the names of the object before it at the same depth, as far as they are still expected; then its own */
  readonly names: string[]
}

/** So many names of an object are remembered. */
const mostNames = 200

export class LiveTree implements JsonListener {
  root: unknown
  readonly #rewrite: Rewrite | undefined
  readonly #frames: Frame[] = []
  #top: Frame | undefined
  /** whether the value under way in the innermost frame can still change */
  #growing = true
  /** by depth: objects side by side mostly have the same names in the same order */
  readonly #names: string[][] = []

  constructor(rewrite: Rewrite | undefined) {
    this.#rewrite = rewrite
  }

  begin(): void {
    if (this.#top?.list) this.#top.index++
    this.#growing = true
  }

  open(list: boolean): void {
    const by = shownBy(this.#place(), list)
    const container = list ? [] : {}
    const mode = by === undefined ? 'shown' : modeOf(by)
    if (mode === 'shown') this.#attach(container)
    const depth = this.#frames.length
    const names = this.#names[depth] ?? []
    this.#names[depth] = names
    this.#top = { container, list, rewrite: by, mode, index: -1, name: '', names }
    this.#frames.push(this.#top)
  }

  close(): void {
    const closed = this.#frames.pop()
    this.#top = this.#frames[this.#frames.length - 1]
    if (closed?.mode === 'held' && closed.rewrite !== undefined) this.#attachDecoded(closed.rewrite, closed.container)
    this.#growing = false
  }

  expectedKey(): string {
    return this.#top?.names[this.#top.index + 1] ?? ''
  }

  key(name: string): string | undefined {
    if (name === 'prototype' && this.#frames.at(-2)?.name === 'constructor') {
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
    const open = this.#frames.filter((frame) => frame.mode !== 'unwrapped')
    for (const [depth, key] of path.entries()) {
      const frame = open[depth]
      if (frame === undefined) return !this.#growing
      if (frame.mode === 'held') return false
      if (String(frame.list ? frame.index : frame.name) !== String(key)) return Object.hasOwn(frame.container, key)
    }
    return path.length === open.length && !this.#growing
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

function modeOf({ live }: Rewrite): Frame['mode'] {
  if (live === undefined) return 'held'
  return live.kind === 'envelope' ? 'unwrapped' : 'shown'
}
