// Lists of objects in a document: a table with a header, or lines that each carry the same fields.

import { between } from '../language/between.ts'
import type { Fact } from '../language/facts.ts'
import { excerpt, type Reading } from '../language/reading.ts'
import { stemsOf } from '../language/words.ts'
import { affinity } from './affinity.ts'
import { choose } from './choices.ts'
import { convert, factText } from './convert.ts'
import { nameMatch } from './name-match.ts'
import { shapeOf } from './shape.ts'
import { type Slot, slotsOf } from './slot.ts'
import { documentSource } from './source.ts'

/** A row, field by field; a field that may be null is null where the line says nothing. */
export type Row = { readonly [name: string]: unknown }

/** The rows of a reading that fill the item schema; empty when no line does. Only flat items: a list inside a list is not looked for. */
export function rowsOf(items: unknown, root: unknown, around: readonly string[], reading: Reading): readonly Row[] {
  if (shapeOf(items, root).type !== 'object') return []
  const slots = slotsOf(items, root, around)
  if (slots.length === 0 || slots.some((slot) => slot.path.length > 1 || slot.shape.type === 'object')) return []
  const lines = linesOf(reading)
  const table = tableRows(slots, lines, reading)
  return table.length > 0 ? table : lineRows(slots, lines, reading)
}

interface Line {
  readonly text: string
  readonly start: number
}

function linesOf({ text }: Reading): readonly Line[] {
  return [...text.matchAll(/[^\n]+/g)].map((match) => ({ text: match[0], start: match.index }))
}

function tableRows(slots: readonly Slot[], lines: readonly Line[], reading: Reading): readonly Row[] {
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
  reading: Reading,
): Row | undefined {
  const row: Record<string, unknown> = {}
  for (const slot of slots) {
    const cell = cells[columns.get(slot) ?? -1] ?? ''
    const value =
      cell === '' ? undefined : convert(slot, cell, factsIn(reading, line.start + line.text.indexOf(cell), cell.length))
    if (value === undefined && slot.required) return undefined
    set(row, slot, value ?? null)
  }
  return row
}

function factsIn({ facts }: Reading, start: number, length: number): readonly Fact[] {
  return between(facts, start, start + length)
}

/**
 * Lines that fill every required field, with at least one that has a shape of its own: a sentence is no row.
 * Nor is a labelled line, such as that of a subtotal, unless it is a point of a list.
 */
function lineRows(slots: readonly Slot[], lines: readonly Line[], reading: Reading): readonly Row[] {
  const shaped = ({ shape, accepts }: Slot) =>
    shape.type === 'number' ||
    shape.type === 'enum' ||
    [...accepts].some(([kind, sure]) => sure === 2 && kind !== 'quoted')
  if (!slots.some(shaped)) return []
  const labelled = ({ text, start }: Line) =>
    !bullet.test(text) && reading.labels.some((label) => label.start >= start && label.start < start + text.length)
  const rows = lines
    .filter((line) => !labelled(line))
    .map((line) => lineRow(slots, excerpt(reading, line.start, line.start + line.text.length)))
    .filter((row) => row !== undefined)
  return withoutComponent(slots, rows, reading)
}

/** A log that names its service in a label and again in each line: the name is no part of the message. */
function withoutComponent(slots: readonly Slot[], rows: readonly Row[], { labels }: Reading): readonly Row[] {
  const name = slots.find((slot) => slot.shape.type === 'string' && slot.role === 'body')?.path[0]
  if (name === undefined || rows.length < 2) return rows
  const texts = rows.map((row) => row[name])
  const repeated = labels.find(({ value }) =>
    texts.every((text) => typeof text === 'string' && text.startsWith(`${value} `)),
  )
  return repeated
    ? rows.map((row) => ({ ...row, [name]: String(row[name]).slice(repeated.value.length).trim() }))
    : rows
}

const bullet = /^\s*(?:[-*•]|\d+[.)])\s+/

function lineRow(slots: readonly Slot[], line: Reading): Row | undefined {
  const row: Record<string, unknown> = {}
  const spent: { readonly start: number; readonly end: number }[] = []
  const point = bullet.exec(line.text)
  if (point) spent.push({ start: 0, end: point[0].length })
  const open = new Set(slots)
  const settle = (slot: Slot, value: unknown, fact?: { readonly start: number; readonly end: number }) => {
    set(row, slot, value)
    open.delete(slot)
    if (fact) spent.push(fact)
  }
  for (const [slot, number] of numbersOf(slots, line)) settle(slot, number.value, number)
  const source = documentSource(line)
  for (const slot of slots) {
    if (!open.has(slot)) continue
    if (slot.shape.type === 'enum' || slot.shape.type === 'boolean') {
      const value = choose(slot, source)
      const word = line.words.find((one) => one.text.toLowerCase() === String(value).toLowerCase())
      if (value !== undefined) settle(slot, value, word)
      continue
    }
    const sure = [...slot.accepts].filter(([kind, nature]) => nature === 2 && kind !== 'quoted').map(([kind]) => kind)
    const fits = (fact: Fact) =>
      sure.includes(fact.kind) ||
      (slot.accepts.has(fact.kind) && fact.kind === 'timestamp') ||
      affinity(slot, fact, source) > 0
    const fact = line.facts.find(
      (one) => fits(one) && !spent.some((other) => other.start < one.end && one.start < other.end),
    )
    const value = fact && factText(slot, fact)
    if (value !== undefined) settle(slot, value, fact)
  }
  if (spent.length === (point ? 1 : 0)) return undefined
  const text =
    [...open].find((slot) => slot.shape.type === 'string' && slot.required) ??
    [...open].find((slot) => slot.shape.type === 'string')
  const left = text?.role === 'body' ? afterLead(line.text, spent) : leftover(line.text, spent)
  if (text && left !== '') settle(text, left)
  for (const slot of open) {
    if (slot.required) return undefined
    set(row, slot, null)
  }
  return inOrder(slots, row)
}

/** Quantity, unit price and amount of a line: by their marks (2 x, at 4.20, = 8.40), or because the product is right. */
function numbersOf(slots: readonly Slot[], line: Reading): ReadonlyMap<Slot, Fact> {
  const wanted = slots.filter((slot) => slot.shape.type === 'number')
  const numbers = line.facts.filter((fact) => fact.kind === 'number' && /^[\d.,-]+$/.test(fact.text))
  const marked = (pattern: RegExp, before = true) =>
    numbers.find((fact) => pattern.test(before ? line.text.slice(0, fact.start) : line.text.slice(fact.end)))
  const has = (slot: Slot, words: string) => slot.name.some((one) => stemsOf(words).includes(one))
  const found = new Map<Slot, Fact>()
  for (const slot of wanted) {
    const fact = has(slot, 'quantity qty count pieces units')
      ? marked(/^\s?(?:x|×|pcs?|pieces?|units?)(?![\p{L}\d])/iu, false)
      : has(slot, 'price rate each')
        ? marked(/(?:\bat|@|\bà)\s*[€$£]?\s*$/i)
        : has(slot, 'amount total sum')
          ? marked(/(?:=|:)\s*[€$£]?\s*$/)
          : undefined
    if (fact && (slot.shape.type !== 'number' || !slot.shape.integer || Number.isInteger(fact.value)))
      found.set(slot, fact)
  }
  const rest = wanted.filter((slot) => !found.has(slot))
  const free = numbers.filter((fact) => ![...found.values()].includes(fact))
  if (rest.length === 1 && free.length === 1 && rest[0] && free[0]) found.set(rest[0], free[0])
  return found
}

/** A message is told whole: all that follows what stands before it, ids and names inside it too. */
function afterLead(text: string, spent: readonly { readonly start: number; readonly end: number }[]): string {
  let at = 0
  for (const { start, end } of [...spent].sort((left, right) => left.start - right.start)) {
    if (/^[\s,;:|=[\]()–-]*$/.test(text.slice(at, start))) at = end
  }
  return text
    .slice(at)
    .replace(/^[\s,;:|=\])–-]+/, '')
    .trim()
}

/** What is left of a line without what was taken, and without the joints between. */
function leftover(text: string, spent: readonly { readonly start: number; readonly end: number }[]): string {
  const kept = [...text]
    .map((letter, index) => (spent.some(({ start, end }) => index >= start && index < end) ? '\n' : letter))
    .join('')
  const parts = kept
    .split(/\n+/)
    .map((part) =>
      part
        .replace(
          /^[\s,;:|=@€$£[\]()–-]+(?:x|×|pcs|pieces|of)?\s+|[\s,;:|=@€$£[\](–-]+$|\s(?:at|à|each|for|@)[\s€$£]*$/gi,
          '',
        )
        .trim(),
    )
  return (
    parts
      .filter((part) => part.length > 1 && !/^(?:x|×|at|each|EUR|USD|GBP|DKK)$/i.test(part))
      .sort((left, right) => right.length - left.length)[0] ?? ''
  )
}

function inOrder(slots: readonly Slot[], row: Row): Row {
  return Object.fromEntries(slots.map(({ path: [name = ''] }) => [name, row[name]]))
}

function set(row: Record<string, unknown>, slot: Slot, value: unknown): void {
  // A name from the wire never reaches the prototype.
  Object.defineProperty(row, slot.path[0] ?? '', { value, enumerable: true, configurable: true, writable: true })
}
