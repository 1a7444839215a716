// Values that earlier calls brought: `customer_id` out of what find_customer found.
import { nameMatch } from '../fill/name-match.ts'
import { isId, type Slot } from '../fill/slot.ts'
import { areSynonyms } from '../language/synonyms.ts'
import { stemsOf } from '../language/words.ts'
import type { JsonObject } from '../wire/json-object.ts'
import { type DoneCall, rowsIn } from './done-call.ts'
import type { ToolWords } from './tool-words.ts'

/** The values for one slot. Several from one list are a choice that nobody has made; one from each of several calls are meant together. */
export interface Brought {
  readonly values: readonly (string | number)[]
  readonly ambiguous: boolean
}

/** Looks for `slot` in the outputs of `done`, the newest tool first. `every` says that the clause speaks of all rows. */
export function fromResults(
  slot: Slot,
  done: readonly DoneCall[],
  tools: readonly ToolWords[],
  every: boolean,
): Brought | undefined {
  for (const name of new Set(done.map((call) => call.name).reverse())) {
    const maker = tools.find((tool) => tool.tool.name === name)
    const found = done
      .filter((call) => call.name === name && !call.empty)
      .map((call) => distinct(rowsIn(call.output).flatMap((row) => valueIn(row, slot, maker) ?? [])))
    const values = distinct(found.flat())
    if (values.length > 0) return { values, ambiguous: !every && found.some((list) => list.length > 1) }
  }
  return undefined
}

function valueIn(row: JsonObject, slot: Slot, maker: ToolWords | undefined): string | number | undefined {
  const wanted = slot.shape.type === 'number' ? 'number' : 'string'
  const keys = Object.keys(row).filter(
    (key) => typeof row[key] === wanted || (isId(slot) && typeof row[key] === 'number'),
  )
  const key =
    keys.find((one) => stemsOf(one).join(' ') === slot.name.join(' ') && slot.name.join() !== 'id') ??
    keys.find((one) => suits(one, slot, maker))
  const value = key === undefined ? undefined : row[key]
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  return slot.shape.type === 'string' ? String(value) : value
}

/** An `id` belongs to what the tool finds; `email` to whoever is written to. */
function suits(key: string, slot: Slot, maker: ToolWords | undefined): boolean {
  const stems = stemsOf(key)
  if (slot.accepts.get('email') === 2) return stems.includes('email')
  if (!isId(slot)) return slot.own.length > 0 && nameMatch(slot.own, stems) === 1
  if (!stems.some((one) => /^(?:id|key|code|number|sku|ref|referenc|uuid|iban)$/.test(one))) return false
  if (stems.length > 1) return slot.own.every((one) => stems.includes(one))
  if (stems[0] !== 'id') return slot.name.includes(stems[0] ?? '')
  const things = [...(maker?.name ?? []), ...(maker?.about ?? [])]
  return slot.own.some((one) => things.some((thing) => thing === one || areSynonyms(thing, one)))
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)]
}
