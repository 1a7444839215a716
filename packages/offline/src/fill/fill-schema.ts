// An object for a schema, out of a text: labels first, then facts where they fit best, then choices, copied text and lists.

import { between } from '../language/between.ts'
import type { Fact } from '../language/facts.ts'
import { stemsOf } from '../language/words.ts'
import { asObject } from '../wire/json-object.ts'
import { affinity } from './affinity.ts'
import { choose } from './choices.ts'
import { convert, factText } from './convert.ts'
import { freeText } from './free-text.ts'
import { listFor } from './lists.ts'
import { nameMatch } from './name-match.ts'
import { type Slot, slotsOf } from './slot.ts'
import type { Source } from './source.ts'

/** What was found for a schema. */
export interface Filling {
  readonly slots: readonly Slot[]
  /** The values found, by slot. */
  readonly values: ReadonlyMap<Slot, unknown>
  /** The fact behind a value, where it is one. */
  readonly facts: ReadonlyMap<Slot, Fact>
}

/** Looks for a value for each slot of `schema`. What is not found is left out, never made up. */
export function fillSchema(schema: unknown, around: readonly string[], source: Source): Filling {
  const slots = slotsOf(schema, schema, around)
  const values = new Map<Slot, unknown>()
  const facts = new Map<Slot, Fact>()
  const spent = takeLabels(slots, values, source)
  takeFacts(slots, values, facts, spent, source)
  takeInOrder(slots, values, facts, source)
  for (const slot of slots) {
    if (values.has(slot)) continue
    const value = otherValue(slot, schema, source)
    if (value !== undefined) values.set(slot, value)
  }
  return { slots, values, facts }
}

function otherValue(slot: Slot, root: unknown, source: Source): unknown {
  if (slot.shape.type === 'array') return listFor(slot, root, source)
  if (slot.shape.type === 'union') return onlyOption(slot, slot.shape.options, root, source)
  return choose(slot, source) ?? copied(slot, source)
}

/** Of several forms the one that the text fills; two that it fills are a guess. */
function onlyOption(slot: Slot, options: readonly unknown[], root: unknown, source: Source): unknown {
  const name = slot.path.at(-1) ?? ''
  const found = options.flatMap((option) => {
    // Definitions stay in reach of the option's references.
    const alone = { ...asObject(root), type: 'object', properties: { [name]: option }, required: [name] }
    const filling = fillSchema(alone, slot.around, source)
    const tagOnly = [...filling.values.keys()].every((one) => one.shape.type === 'enum')
    return missingOf(filling).length > 0 || tagOnly ? [] : [toObject(filling)[name]]
  })
  return found.length === 1 ? found[0] : undefined
}

/** The required slots without a value. */
export function missingOf({ slots, values }: Filling): readonly Slot[] {
  return slots.filter((slot) => slot.required && !values.has(slot))
}

/** The object that a filling describes; a slot without a value is null, and left out where null is not allowed. */
export function toObject({ slots, values }: Filling): { readonly [name: string]: unknown } {
  const root: Record<string, unknown> = {}
  for (const slot of slots) {
    if (!values.has(slot) && !slot.shape.nullable) continue
    let at = root
    for (const step of slot.path.slice(0, -1)) {
      if (!Object.hasOwn(at, step)) define(at, step, {})
      at = at[step] as Record<string, unknown>
    }
    define(at, slot.path.at(-1) ?? '', values.get(slot) ?? null)
  }
  return root
}

/** Gives back the facts that went into a value. */
function takeLabels(slots: readonly Slot[], values: Map<Slot, unknown>, { reading }: Source): ReadonlySet<Fact> {
  const spent = new Set<Fact>()
  const pairs = slots.flatMap((slot) =>
    reading.labels.map((label) => {
      const stems = stemsOf(label.label).filter((one) => !/^\d+$/.test(one))
      const score = Math.max(
        nameMatch(slot.name, stems),
        0.9 * nameMatch(slot.own, stems),
        0.6 * nameMatch(slot.about, stems),
      )
      return { slot, label, score: score + (score > 0 && stems.some((one) => slot.around.includes(one)) ? 0.1 : 0) }
    }),
  )
  const taken = new Set<unknown>()
  for (const { slot, label, score } of pairs.sort((left, right) => right.score - left.score)) {
    if (score < 0.5 || values.has(slot) || taken.has(label)) continue
    const inside = between(reading.facts, label.start, label.start + label.value.length)
    const value = convert(slot, label.value, inside)
    if (value === undefined) continue
    values.set(slot, value)
    taken.add(label)
    for (const fact of inside) if (fact.text === label.value || factText(slot, fact) === value) spent.add(fact)
  }
  return spent
}

/** Greedy: the pair that fits best is settled first, so that "from" and "to" do not take each other's place. */
function takeFacts(
  slots: readonly Slot[],
  values: Map<Slot, unknown>,
  facts: Map<Slot, Fact>,
  spent: ReadonlySet<Fact>,
  source: Source,
): void {
  const pairs = slots
    .filter((slot) => !values.has(slot))
    .flatMap((slot, order) =>
      source.reading.facts.map((fact) => ({ slot, fact, order, score: affinity(slot, fact, source) })),
    )
    .filter(({ score, fact, slot }) => score > 0 && !(fact.kind === 'number' && slot.required && score < 3))
  const taken = new Set(spent)
  for (const { slot, fact } of pairs.sort(
    (left, right) => right.score - left.score || left.order - right.order || left.fact.start - right.fact.start,
  )) {
    if (values.has(slot) || taken.has(fact)) continue
    const value = slot.shape.type === 'number' ? fact.value : factText(slot, fact)
    if (value === undefined) continue
    values.set(slot, value)
    facts.set(slot, fact)
    taken.add(fact)
  }
}

/** "Add 3 and 4": as many bare values in the clause as fields that want one are taken in order; any other count is a guess. */
function takeInOrder(
  slots: readonly Slot[],
  values: Map<Slot, unknown>,
  facts: Map<Slot, Fact>,
  { reading, focus, type }: Source,
): void {
  if (type === 'document') return
  for (const kind of ['number', 'quoted'] as const) {
    const open = slots.filter((slot) => slot.required && !values.has(slot) && wantsAny(slot, kind))
    const taken = new Set(facts.values())
    const inFocus = (fact: Fact) => fact.start >= focus.start && fact.end <= focus.end
    const free = reading.facts.filter((fact) => fact.kind === kind && !taken.has(fact) && inFocus(fact))
    if (open.length !== free.length || !open.every((slot, index) => fits(slot, free[index]))) continue
    for (const [index, slot] of open.entries()) {
      const fact = free[index]
      if (!fact) continue
      values.set(slot, fact.value)
      facts.set(slot, fact)
    }
  }
}

/** A field of numbers takes any number; a field of text that wants nothing else takes quoted text. */
function wantsAny({ shape, accepts }: Slot, kind: 'number' | 'quoted'): boolean {
  if (kind === 'number') return shape.type === 'number'
  return shape.type === 'string' && accepts.has('quoted') && [...accepts.values()].every((nature) => nature < 2)
}

function fits({ shape }: Slot, fact: Fact | undefined): boolean {
  if (fact === undefined) return false
  if (shape.type === 'string') return shape.pattern?.test(String(fact.value)) ?? true
  if (shape.type !== 'number' || typeof fact.value !== 'number') return false
  return (!shape.integer || Number.isInteger(fact.value)) && fact.value >= shape.least && fact.value <= shape.most
}

/** Text is only copied into a field that wants text, and not where another kind of value was wanted and not found. */
function copied(slot: Slot, source: Source): string | undefined {
  if (slot.shape.type !== 'string') return undefined
  const typed = [...slot.accepts].some(([kind, sure]) => sure === 2 && kind !== 'quoted')
  if (typed && slot.role === undefined) return undefined
  const text = freeText(slot, source)
  return text !== undefined && (slot.shape.pattern?.test(text) ?? true) ? text : undefined
}

function define(object: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
}
