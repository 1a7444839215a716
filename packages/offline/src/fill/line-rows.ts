// Lines that each carry the same fields: points of a list, entries of a log.

import type { Fact } from '../language/facts.ts'
import { labelsOf } from '../language/labels.ts'
import { excerpt, type Reading } from '../language/reading.ts'
import { stemsOf } from '../language/words.ts'
import { affinity } from './affinity.ts'
import { choose } from './choices.ts'
import { factText } from './convert.ts'
import { type Line, type Row, toRow } from './row.ts'
import type { Slot } from './slot.ts'
import { documentSource } from './source.ts'

/**
 * Lines that fill every required field, with at least one that has a shape of its own: a sentence is no row.
 * Nor is a labelled line, such as that of a subtotal, unless it is a point of a list.
 */
export function lineRows(slots: readonly Slot[], lines: readonly Line[], reading: Reading): readonly Row[] {
  const shaped = ({ shape, accepts }: Slot) =>
    shape.type === 'number' ||
    shape.type === 'enum' ||
    [...accepts].some(([kind, sure]) => sure === 2 && kind !== 'quoted')
  if (!slots.some(shaped)) return []
  const labelled = ({ text }: Line) => !bullet.test(text) && labelsOf(text).length > 0
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
  const values = new Map<Slot, unknown>()
  const point = bullet.exec(line.text)
  const spent: Span[] = point ? [{ start: 0, end: point[0].length }] : []
  const settle = (slot: Slot, value: unknown, span?: Span) => {
    values.set(slot, value)
    if (span) spent.push(span)
  }
  for (const [slot, number] of numbersOf(slots, line)) settle(slot, number.value, number)
  for (const slot of slots) {
    if (values.has(slot)) continue
    const found = valueIn(slot, line, spent)
    if (found) settle(slot, found.value, found.span)
  }
  if (spent.length === (point ? 1 : 0)) return undefined
  const open = slots.filter((slot) => !values.has(slot) && slot.shape.type === 'string')
  const text = open.find((slot) => slot.required) ?? open[0]
  const left = text?.role === 'body' ? afterLead(line.text, spent) : leftover(line.text, spent)
  if (text && left !== '') settle(text, left)
  return slots.some((slot) => slot.required && !values.has(slot)) ? undefined : toRow(slots, values)
}

type Span = Pick<Fact, 'start' | 'end'>

/** A choice that a word makes, or a fact of the line that is not spent yet. */
function valueIn(
  slot: Slot,
  line: Reading,
  spent: readonly Span[],
): { readonly value: unknown; readonly span?: Span | undefined } | undefined {
  const source = documentSource(line)
  if (slot.shape.type === 'enum' || slot.shape.type === 'boolean') {
    const value = choose(slot, source)
    const span = line.words.find((word) => word.text.toLowerCase() === String(value).toLowerCase())
    return value === undefined ? undefined : { value, span }
  }
  const natural = (fact: Fact) =>
    (slot.accepts.get(fact.kind) === 2 && fact.kind !== 'quoted') ||
    (slot.accepts.has(fact.kind) && fact.kind === 'timestamp')
  const free = (fact: Fact) => !spent.some((other) => other.start < fact.end && fact.start < other.end)
  const fact = line.facts.find((one) => free(one) && (natural(one) || affinity(slot, one, source) > 0))
  const value = fact && factText(slot, fact)
  return value === undefined ? undefined : { value, span: fact }
}

/** Quantity, unit price and amount of a line: by their marks (2 x, at 4.20, = 8.40), or because one number is left for one field. */
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
function afterLead(text: string, spent: readonly Span[]): string {
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
function leftover(text: string, spent: readonly Span[]): string {
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
