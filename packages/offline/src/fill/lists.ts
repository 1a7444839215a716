// Lists: rows of objects, pairs under a heading, addresses of people, words after a label.

import type { Fact } from '../language/facts.ts'
import { stemsOf } from '../language/words.ts'
import { nameMatch } from './name-match.ts'
import type { Row } from './row.ts'
import { rowsOf } from './rows.ts'
import { shapeOf } from './shape.ts'
import { type Slot, slotsOf } from './slot.ts'
import type { Source } from './source.ts'

/**
 * A value for a list. In a request a list that nothing is said about is empty, since "with nobody" is seldom said;
 * in a document that would be inventing, and the list counts as not found.
 */
export function listFor(slot: Slot, root: unknown, source: Source): readonly unknown[] | undefined {
  if (slot.shape.type !== 'array') return undefined
  const found = itemsFor(slot, slot.shape.items, root, source)
  if (found.length >= Math.max(1, slot.shape.least)) return found
  return source.type === 'request' && slot.shape.least === 0 && !slot.shape.nullable ? [] : undefined
}

function itemsFor(slot: Slot, items: unknown, root: unknown, source: Source): readonly unknown[] {
  const shape = shapeOf(items, root)
  if (shape.type !== 'object') return scalars(slot, items, root, source)
  const names = shape.properties.map((property) => property.name)
  if (names.length === 2 && names.includes('key') && names.includes('value')) return pairs(slot, source)
  return ofItsName(slot, rowsOf(items, root, [...slot.around, ...slot.own], source.reading))
}

/** "errors" are the rows that say error, where rows say what they are. */
function ofItsName({ own }: Slot, rows: readonly Row[]): readonly Row[] {
  const meant = rows.filter((row) =>
    Object.values(row).some((value) => typeof value === 'string' && own.join(' ') === stemsOf(value).join(' ')),
  )
  return meant.length > 0 ? meant : rows
}

/** A record as the strict form writes it: the labelled lines under a heading of its name. */
function pairs(slot: Slot, { reading }: Source): readonly unknown[] {
  const heading = [...reading.text.matchAll(/^[ \t]*([^\n:]{1,40}):?[ \t]*$/gm)].find(
    (line) => nameMatch(slot.name, stemsOf(line[1] ?? '')) === 1,
  )
  if (!heading) return []
  const start = heading.index + heading[0].length
  const blank = reading.text.slice(start).search(/\n[ \t]*\n/)
  const end = blank === -1 ? reading.text.length : start + blank
  return reading.labels
    .filter((label) => label.start > start && label.start < end)
    .map(({ label, value }) => ({ key: label, value }))
}

function scalars(slot: Slot, items: unknown, root: unknown, source: Source): readonly unknown[] {
  // The items are judged as a field of the list's name would be.
  const name = slot.path.at(-1) ?? ''
  const one = { type: 'object', properties: { [name]: items }, required: [name] }
  const [item] = slotsOf(one, root, slot.around)
  if (!item) return []
  if (item.shape.type === 'enum') {
    const said = source.reading.words.filter((word) => inFocus(word, source))
    return item.shape.values.filter((value) => said.some((word) => word.stem === stemsOf(String(value))[0]))
  }
  const label = source.reading.labels.find((line) => nameMatch(slot.name, stemsOf(line.label)) >= 0.7)
  if (label && item.shape.type === 'string') return label.value.split(/\s*[,;]\s*/).filter(Boolean)
  const sure = new Set([...item.accepts].filter(([, nature]) => nature === 2).map(([kind]) => kind))
  const all = source.reading.facts.filter((fact: Fact) => sure.has(fact.kind))
  const here = all.filter((fact) => inFocus(fact, source))
  return (here.length > 0 ? here : all).map((fact) => fact.value)
}

function inFocus(one: { readonly start: number; readonly end: number }, { focus }: Source): boolean {
  return one.start >= focus.start && one.end <= focus.end
}
