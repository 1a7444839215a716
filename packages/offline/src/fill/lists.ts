// Lists and unions: rows of objects, addresses of people, words after a label.
import type { Fact } from '../language/facts.ts'
import { stemsOf } from '../language/words.ts'
import { nameMatch } from './name-match.ts'
import { rowsOf } from './rows.ts'
import { shapeOf } from './shape.ts'
import { type Slot, slotsOf } from './slot.ts'
import type { Source } from './source.ts'

/**
 * A value for a list. In a request a list that nothing is said about is empty, since "with nobody" is seldom said;
 * in a document that would be inventing, and the list counts as not found.
 */
export function listFor(slot: Slot, root: unknown, source: Source): unknown {
  if (slot.shape.type !== 'array') return undefined
  const items = shapeOf(slot.shape.items, root)
  const found =
    items.type === 'object'
      ? rowsOf(slot.shape.items, root, [...slot.around, ...slot.own], source.reading)
      : scalars(slot, slot.shape.items, root, source)
  if (found.length >= Math.max(1, slot.shape.least)) return found
  return source.type === 'request' && slot.shape.least === 0 && !slot.shape.nullable ? [] : undefined
}

function scalars(slot: Slot, items: unknown, root: unknown, source: Source): readonly unknown[] {
  // The items are judged as a field of the list's name would be.
  const name = slot.path.at(-1) ?? ''
  const [item] = slotsOf({ type: 'object', properties: { [name]: items }, required: [name] }, root, slot.around)
  if (!item) return []
  if (item.shape.type === 'enum') {
    const values = item.shape.values
    return values.filter((value) =>
      source.reading.words.some((word) => word.stem === stemsOf(String(value))[0] && inFocus(word, source)),
    )
  }
  const label = source.reading.labels.find((one) => nameMatch(slot.name, stemsOf(one.label)) >= 0.7)
  if (label && item.shape.type === 'string') return label.value.split(/\s*[,;]\s*/).filter(Boolean)
  const sure = new Set([...item.accepts].filter(([, nature]) => nature === 2).map(([kind]) => kind))
  const wanted = (fact: Fact) => sure.has(fact.kind) && (fact.kind !== 'number' || item.shape.type === 'number')
  const all = source.reading.facts.filter(wanted)
  const here = all.filter((fact) => inFocus(fact, source))
  return (here.length > 0 ? here : all).map((fact) => fact.value)
}

function inFocus(one: { readonly start: number; readonly end: number }, { focus }: Source): boolean {
  return one.start >= focus.start && one.end <= focus.end
}
