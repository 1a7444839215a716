/** JSON that arrives in pieces: one tree that grows in place, never parsed again. */

import type { Rewrite } from '../rewrite/rewrite.ts'
import { scanJson } from './scan-json.ts'

export interface PartialJson {
  /** Takes the next piece of text and returns `value`. @throws JsonTextError, from then on every time */
  push(text: string): unknown
  /** Says that no more text comes, which alone completes a number at the root. @throws JsonTextError for half a text */
  end(): unknown
  /** The live tree: strings grow by prefix; numbers, literals and keys appear when complete. Copy it to keep it. */
  readonly value: unknown
  /** the root is complete */
  readonly done: boolean
  /** Whether nothing at this path can change any more: it is complete, or can no longer appear. */
  closed(path: readonly (string | number)[]): boolean
}

/** Cost is linear in the text, whatever the size of the pieces. Nesting beyond 128 levels is an error. */
export function partialJson(): PartialJson {
  return partialValue(undefined)
}

type Container = Record<string, unknown> | unknown[]

interface Frame {
  readonly container: Container
  readonly list: boolean
  /** how the values in it are shown */
  readonly rewrite: Rewrite | undefined
  /** `shown`: part of the live tree. `unwrapped`: the envelope, whose value is the root. `held`: shown when closed. */
  readonly mode: 'shown' | 'unwrapped' | 'held'
  /** where the value under way stands, or the last one stood: an index in a list, else a name */
  index: number
  name: string
}

/** The same for the text of a rewritten value: the tree has the form of the user's schema as far as that is possible. */
export function partialValue(rewrite: Rewrite | undefined): PartialJson {
  const frames: Frame[] = []
  let top: Frame | undefined
  let root: unknown
  /** whether the value under way in the innermost frame can still change */
  let growing = true
  /** one string for all keys of the same name: V8 then finds their place in an object without looking them up again */
  const names = new Map<string, string>()

  function place(): Rewrite | undefined {
    if (top === undefined) return rewrite
    if (top.rewrite === undefined || top.mode === 'held') return undefined
    const { live } = top.rewrite
    if (live?.kind === 'items') return live.item
    if (live?.kind === 'envelope') return live.inner
    return live?.kind === 'fields' ? live.at(top.name) : undefined
  }

  function attach(value: unknown): void {
    if (top === undefined || top.mode === 'unwrapped') root = value
    else if (top.list) (top.container as unknown[])[top.index] = value
    else (top.container as Record<string, unknown>)[top.name] = value
  }

  /** A value that is rewritten as a whole is complete. */
  function attachDecoded(by: Rewrite, wire: unknown): void {
    const value = by.decode(wire)
    const live = top?.rewrite?.live
    const spread = live?.kind === 'fields' && live.rest === top?.name
    if (spread && typeof value === 'object') Object.assign(top?.container ?? {}, value)
    else if (value !== undefined || top?.list) attach(value)
  }

  const scan = scanJson({
    begin() {
      if (top?.list) top.index++
      growing = true
    },
    open(list) {
      const by = shownBy(place(), list)
      const container = list ? [] : {}
      const mode = by === undefined ? 'shown' : modeOf(by)
      if (mode === 'shown') attach(container)
      top = { container, list, rewrite: by, mode, index: -1, name: '' }
      frames.push(top)
    },
    close() {
      const closed = frames.pop()
      top = frames[frames.length - 1]
      if (closed?.mode === 'held' && closed.rewrite !== undefined) attachDecoded(closed.rewrite, closed.container)
      growing = false
    },
    key(name) {
      if (name === 'prototype' && frames.at(-2)?.name === 'constructor') {
        return 'the key "prototype" in "constructor" is not allowed'
      }
      const known = names.get(name)
      if (known === undefined && names.size < 1000) names.set(name, name)
      if (top !== undefined) top.name = known ?? name
      growing = true
      return undefined
    },
    text(prefix) {
      const by = present(place())
      if (by === undefined || by.live !== undefined) attach(prefix)
    },
    value(value) {
      const outer = place()
      const by = value === null ? outer : present(outer)
      const asIs = value === null ? shownAsNull(outer) : by?.live !== undefined
      if (by === undefined || asIs) attach(value)
      else attachDecoded(by, value)
      growing = false
    },
  })

  return {
    push(text) {
      scan.push(text)
      return root
    },
    end() {
      scan.end()
      return root
    },
    get value() {
      return root
    },
    get done() {
      return scan.done
    },
    closed(path) {
      if (scan.done) return true
      const open = frames.filter((frame) => frame.mode !== 'unwrapped')
      for (const [depth, key] of path.entries()) {
        const frame = open[depth]
        if (frame === undefined) return !growing
        if (frame.mode === 'held') return false
        if (String(frame.list ? frame.index : frame.name) !== String(key)) return Object.hasOwn(frame.container, key)
      }
      return path.length === open.length && !growing
    },
  }
}

function modeOf({ live }: Rewrite): Frame['mode'] {
  if (live === undefined) return 'held'
  return live.kind === 'envelope' ? 'unwrapped' : 'shown'
}

/** The rewriting of a value that is there, past the layers that only say "may be left out". */
function present(rewrite: Rewrite | undefined): Rewrite | undefined {
  return rewrite?.live?.kind === 'optional' ? present(rewrite.live.inner) : rewrite
}

/** Whether null is a value of its own here, and not the form of "left out" or of something else. */
function shownAsNull(rewrite: Rewrite | undefined): boolean {
  const live = rewrite?.live
  if (live?.kind !== 'optional') return rewrite === undefined || live !== undefined
  return !live.absentIsNull && shownAsNull(live.inner)
}

/** The rewriting that a container is under, past the layers that only say "may be left out". */
function shownBy(rewrite: Rewrite | undefined, list: boolean): Rewrite | undefined {
  const live = rewrite?.live
  if (live === undefined) return rewrite
  if (live.kind === 'optional') {
    // an object may turn out to be the mark for "left out"
    return list || live.absentIsNull ? shownBy(live.inner, list) : rewrite && { ...rewrite, live: undefined }
  }
  if (live.kind === 'text') return rewrite && { ...rewrite, live: undefined }
  // a container of the other sort is a mistake of the model: it is shown as it is
  return (live.kind === 'items') === list ? rewrite : undefined
}
