// Lists of objects in a document: a table with a header, or lines that each carry the same fields.

import type { Reading } from '../language/reading.ts'
import { lineRows } from './line-rows.ts'
import { linesOf, type Row } from './row.ts'
import { shapeOf } from './shape.ts'
import { slotsOf } from './slot.ts'
import { tableRows } from './table-rows.ts'

/** The rows of a reading that fill the item schema; empty when no line does. Only flat items: a list inside a list is not looked for. */
export function rowsOf(items: unknown, root: unknown, around: readonly string[], reading: Reading): readonly Row[] {
  if (shapeOf(items, root).type !== 'object') return []
  const slots = slotsOf(items, root, around)
  if (slots.length === 0 || slots.some((slot) => slot.path.length > 1)) return []
  const lines = linesOf(reading.text)
  const table = tableRows(slots, lines, reading)
  return table.length > 0 ? table : lineRows(slots, lines, reading)
}
