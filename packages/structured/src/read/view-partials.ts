/** The value itself while it grows. */

import { JsonTextError, type PartialJson, type WireSchema } from '@pawl/schema'
import { jsonBeginning } from './json-beginning.ts'
import type { View } from './view.ts'

/** Shows one live object at every piece. Text that is no JSON stops it; the whole answer is judged elsewhere. */
export function viewPartials<P>(wire: WireSchema<unknown, any>): View<P> {
  /** of the answer under way; none where nobody looks */
  let growing: Growing | undefined
  let last: readonly P[] = []
  const shown = (value: unknown): readonly P[] => {
    if (value === undefined) return []
    // the same object at almost every piece
    if (last[0] !== value) last = [value as P]
    return last
  }
  return {
    isLive: true,
    begin() {
      growing = growingValue(wire)
    },
    push(piece) {
      return growing?.push(piece) ? shown(growing.value()) : []
    },
    settle({ text }) {
      if (growing?.isDone()) return { ok: true, rest: [] }
      growing = growingValue(wire)
      growing.push(text)
      return { ok: true, rest: shown(growing.value()) }
    },
    closed: (path) => growing?.closed(path) ?? false,
  }
}

/** How far an unfinished text has come, as a partial shows it; undefined where no JSON begins. */
export function partialOf(wire: WireSchema<unknown, any>, text: string): unknown {
  const growing = growingValue(wire)
  growing.push(text)
  return growing.value()
}

interface Growing {
  /** @returns false where the piece has changed nothing */
  push(piece: string): boolean
  value(): unknown
  isDone(): boolean
  closed: PartialJson['closed']
}

/** The value as far as the text has come. Text that is no JSON stops it. */
export function growingValue(wire: WireSchema<unknown, any>): Growing {
  const partial = wire.partial()
  const beginning = jsonBeginning()
  let broken = false
  return {
    push(piece) {
      const json = broken || partial.done ? '' : beginning(piece)
      if (json === '') return false
      try {
        partial.push(json)
        return true
      } catch (error) {
        if (!(error instanceof JsonTextError)) throw error
        // after the end there may be a fence or prose, in the same piece too
        broken = !partial.done
        return partial.done
      }
    },
    value: () => partial.value,
    isDone: () => partial.done && !broken,
    closed: (path) => partial.closed(path),
  }
}
