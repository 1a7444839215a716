// Tables: a header that names the fields, and rows of as many cells below it.

import { between } from '../language/between.ts'
import type { Reading } from '../language/reading.ts'
import { stemsOf } from '../language/words.ts'
import { convert } from './convert.ts'
import { nameMatch } from './name-match.ts'
import { type Line, type Row, toRow } from './row.ts'
import type { Slot } from './slot.ts'

/** The rows under the first header whose columns are the fields. Columns are cut at bars, tabs, two spaces or more, commas or semicolons. */
export function tableRows(slots: readonly Slot[], lines: readonly Line[], reading: Reading): readonly Row[] {
  for (const [at, header] of lines.entries()) {
    const split = splitterOf(header.text)
    const columns = split ? matchColumns(slots, split(header.text)) : undefined
    if (!split || !columns) continue
    const width = split(header.text).length
    const rows: Row[] = []
    for (const line of lines.slice(at + 1)) {
      if (/^[\s|:=+-]*$/.test(line.text)) continue
      const cells = split(line.text)
      const row = cells.length === width ? tableRow(slots, columns, cells, line, reading) : undefined
      if (!row) break
      rows.push(row)
    }
    if (rows.length > 0) return rows
  }
  return []
}

function splitterOf(header: string): ((line: string) => readonly string[]) | undefined {
  const trimmed = (line: string, by: RegExp) =>
    line
      .trim()
      .replace(/^\||\|$/g, '')
      .split(by)
      .map((cell) => cell.trim())
  for (const by of [/\|/, /\t+/, / {2,}/, /[;,]/]) {
    if (trimmed(header, by).length >= 2) return (line) => trimmed(line, by)
  }
  return undefined
}

/** The column of each slot: the best names first. Undefined unless two columns match and no required field is left over. */
function matchColumns(slots: readonly Slot[], cells: readonly string[]): ReadonlyMap<Slot, number> | undefined {
  const pairs = slots.flatMap((slot) => cells.map((cell, column) => ({ slot, column, match: columnMatch(slot, cell) })))
  const columns = new Map<Slot, number>()
  for (const { slot, column, match } of pairs.sort((left, right) => right.match - left.match)) {
    if (match >= 0.35 && !columns.has(slot) && ![...columns.values()].includes(column)) columns.set(slot, column)
  }
  const complete = slots.every((slot) => columns.has(slot) || !slot.required)
  return complete && columns.size >= Math.min(2, slots.length) ? columns : undefined
}

function columnMatch(slot: Slot, cell: string): number {
  if (/\d/.test(cell) || cell === '') return 0
  return Math.max(nameMatch(slot.name, stemsOf(cell)), 0.5 * nameMatch(slot.about, stemsOf(cell)))
}

function tableRow(
  slots: readonly Slot[],
  columns: ReadonlyMap<Slot, number>,
  cells: readonly string[],
  line: Line,
  { facts }: Reading,
): Row | undefined {
  const values = new Map<Slot, unknown>()
  for (const slot of slots) {
    const cell = cells[columns.get(slot) ?? -1] ?? ''
    const start = line.start + line.text.indexOf(cell)
    const value = cell === '' ? undefined : convert(slot, cell, between(facts, start, start + cell.length))
    if (value === undefined && slot.required) return undefined
    values.set(slot, value)
  }
  return toRow(slots, values)
}
