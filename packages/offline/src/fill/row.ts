// A row of a list, and the line of text that it comes from.
import type { Slot } from './slot.ts'

/** A row, field by field; a field that may be null is null where the line says nothing. */
export type Row = { readonly [name: string]: unknown }

/** A line and where it starts. */
export interface Line {
  readonly text: string
  readonly start: number
}

/** The lines of a text that hold anything. */
export function linesOf(text: string): readonly Line[] {
  return [...text.matchAll(/[^\n]+/g)].map((match) => ({ text: match[0], start: match.index }))
}

/** The row with the fields in the order of the slots; `fromEntries` defines them, so that no name reaches the prototype. */
export function toRow(slots: readonly Slot[], values: ReadonlyMap<Slot, unknown>): Row {
  return Object.fromEntries(slots.map((slot) => [slot.path[0] ?? '', values.get(slot) ?? null]))
}
