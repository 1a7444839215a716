// The text of a label or of a table cell as the value that a slot wants.
import type { Fact, FactKind } from '../language/facts.ts'
import { findNumbers } from '../language/numbers.ts'
import { stemsOf } from '../language/words.ts'
import type { Slot } from './slot.ts'

/** The value of `text` for `slot`, or undefined when it cannot be one. `facts` are those inside the text. */
export function convert(slot: Slot, text: string, facts: readonly Fact[]): unknown {
  const { shape } = slot
  switch (shape.type) {
    case 'number': {
      // Read anew: in comma-separated values a number of the whole text may run over two cells.
      const numbers = findNumbers(text)
      const { value } = numbers.find((number) => !number.percent) ?? numbers[0] ?? {}
      if (value === undefined || (shape.integer && !Number.isInteger(value))) return undefined
      return value >= shape.least && value <= shape.most ? value : undefined
    }
    case 'boolean':
      return /^(yes|true|y|on)\b/i.test(text) ? true : /^(no|false|n|off)\b/i.test(text) ? false : undefined
    case 'enum': {
      const wanted = stemsOf(text).join(' ')
      return shape.values.find((value) => stemsOf(String(value)).join(' ') === wanted)
    }
    case 'string': {
      const value = textValue(slot, text, facts)
      return value !== undefined && (shape.pattern?.test(value) ?? true) ? value : undefined
    }
    default:
      return undefined
  }
}

/** Kinds that a text is only as good as: a date field needs a date. */
const exact = new Set<FactKind>(['date', 'email', 'phone', 'url', 'time', 'timestamp', 'currency'])

function textValue(slot: Slot, text: string, facts: readonly Fact[]): string | undefined {
  const [kind] = [...slot.accepts].find(([, sure]) => sure === 2) ?? []
  const found = [...slot.accepts.keys()].flatMap((accepted) => facts.filter((fact) => fact.kind === accepted))[0]
  if (kind !== undefined && exact.has(kind)) return found && factText(slot, found)
  if (kind === 'person' && found) return String(found.value)
  if (kind === 'id') return /^\S+$/.test(text) ? text : facts.find((fact) => fact.kind === 'id')?.text
  return text
}

/** A fact as the slot wants it: a time out of a date, a date out of a timestamp. */
export function factText(slot: Slot, fact: Fact): string | undefined {
  if (slot.shape.type === 'string' && slot.accepts.get('date') === 2 && fact.kind === 'timestamp')
    return fact.text.slice(0, 10)
  if (slot.accepts.get('time') === 2) {
    if (fact.kind === 'date') return fact.detail
    if (fact.kind === 'timestamp' && /\bHH:MM\b/i.test(slot.shape.description)) return fact.text.slice(11, 16)
    return fact.kind === 'timestamp' ? fact.text : String(fact.value)
  }
  if (slot.accepts.get('timestamp') === 2 && fact.kind === 'date')
    return fact.detail ? `${fact.value}T${fact.detail}:00Z` : undefined
  return String(fact.value)
}
