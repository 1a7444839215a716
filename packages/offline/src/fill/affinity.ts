// How well one fact fits one slot: its nature, the words beside it, and whether it stands in the clause that is served.

import { between } from '../language/between.ts'
import type { Fact } from '../language/facts.ts'
import { areSynonyms } from '../language/synonyms.ts'
import { stemsOf, type Word } from '../language/words.ts'
import { idEvidence } from './id-evidence.ts'
import type { Slot } from './slot.ts'
import type { Source } from './source.ts'

/** From here on a fact may fill a slot. */
const sureEnough = 2

/** How well `fact` fits; 0 and below is not at all, `sureEnough` is enough. */
export function affinity(slot: Slot, fact: Fact, source: Source): number {
  const nature = slot.accepts.get(fact.kind) ?? 0
  if (nature === 0 || !allowed(slot, fact)) return 0
  const before = wordsBefore(fact, source)
  const evidence =
    besideEvidence(slot, fact, before, source) +
    directionEvidence(slot, before) +
    kindEvidence(slot, fact, before, source)
  const score = nature + evidence - distance(fact, source)
  return score >= sureEnough && provenEnough(slot, fact, evidence, source) ? score : 0
}

/** What the schema itself rules out. */
function allowed({ shape }: Slot, fact: Fact): boolean {
  if (shape.type === 'string') return shape.pattern?.test(String(fact.value)) ?? true
  if (shape.type !== 'number' || typeof fact.value !== 'number') return true
  return (!shape.integer || Number.isInteger(fact.value)) && fact.value >= shape.least && fact.value <= shape.most
}

/** Some kinds need more than their nature. */
function provenEnough(slot: Slot, fact: Fact, evidence: number, source: Source): boolean {
  const inFocus = within(fact, source)
  if (source.type === 'document') {
    if (fact.kind === 'number' || fact.kind === 'quoted') return evidence >= 3
    if (fact.kind === 'id') return evidence >= 1
    if (fact.kind === 'date') return evidence >= 1 || isOnlyDate(fact, source)
    return true
  }
  if (fact.kind === 'number') return evidence >= 1 || (slot.required && inFocus)
  if (slot.required) return true
  // A field that may stay empty is filled only when the text points at it.
  if (fact.kind === 'quoted' && slot.role !== 'title' && slot.role !== 'query') return evidence >= 3
  return inFocus || evidence >= 2
}

/** One date in a document can only be the one, unless its line says that it is another. */
function isOnlyDate(fact: Fact, { reading }: Source): boolean {
  const rival = reading.facts.some((other) => other !== fact && (other.kind === 'date' || other.kind === 'timestamp'))
  if (rival) return false
  return !reading.labels.some(({ start, value }) => fact.start >= start && fact.end <= start + value.length)
}

function besideEvidence(slot: Slot, fact: Fact, before: readonly Word[], source: Source): number {
  const after = wordsAfter(fact, source)
  const names = (word: Word) => slot.own.some((one) => one === word.stem || areSynonyms(one, word.stem))
  const unit = fact.kind === 'number' && after.slice(0, 2).some(names)
  if (unit || before.slice(0, 3).some(names)) return 3
  const about = (word: Word) => word.stem.length > 3 && slot.about.includes(word.stem)
  return (fact.kind === 'number' ? after.slice(0, 1) : before.slice(0, 2)).some(about) ? 2 : 0
}

const sources = new Set(stemsOf('from origin source departure sender start begin payer debit'))
const targets = new Set(stemsOf('to destination target recipient receiver end until arrival payee credit into'))

function directionEvidence(slot: Slot, before: readonly Word[]): number {
  const [near, far] = before.map((word) => word.text.toLowerCase())
  const from = near === 'from' || near === 'between' || (near === 'of' && far === 'out')
  const to =
    near === 'to' ||
    near === 'into' ||
    near === 'until' ||
    near === 'towards' ||
    (near === 'and' && before.some((word) => /^between$/i.test(word.text)))
  const side = slot.name.some((one) => sources.has(one))
    ? 'from'
    : slot.name.some((one) => targets.has(one))
      ? 'to'
      : undefined
  if (side === undefined || (!from && !to)) return 0
  return (side === 'from') === from ? 3 : -3
}

const moneyWords = new Set(
  stemsOf('amount price total cost budget salary fee balance limit sum payment value fare rent'),
)
const makers = new Set(stemsOf('author artist writer band composer'))
const creators = new Set(['called', 'titled', 'named', 'title', 'subject', 'labelled', 'labeled'])
const speech = new Set(['saying', 'says', 'say', 'that', 'text', 'message', 'body', 'reading'])

function kindEvidence(slot: Slot, fact: Fact, before: readonly Word[], source: Source): number {
  const [near, far] = before.map((word) => word.text.toLowerCase())
  switch (fact.kind) {
    case 'number': {
      if (fact.detail === undefined || fact.detail === '%')
        return fact.detail === '%' && slot.name.some((one) => moneyWords.has(one)) ? -2 : 0
      return slot.name.some((one) => moneyWords.has(one)) ? 2 : -2
    }
    case 'id':
      return idEvidence(slot, fact)
    case 'currency':
      // The currency of the amount is what is converted, unless the words say otherwise.
      return fact.beside
        ? slot.name.some((one) => sources.has(one))
          ? 2
          : slot.name.some((one) => targets.has(one))
            ? -2
            : 0
        : 0
    case 'person':
    case 'proper':
    case 'place': {
      if (slot.name.some((one) => makers.has(one)))
        return near === 'by' || near === 'from' || near === 'of' ? 2 : slot.required ? 0 : -3
      const leads =
        near !== undefined && /^(in|to|at|from|for|near|of|by|with|has|have|does|did|do|is|and|or)$/.test(near)
      return fact.kind === 'proper' &&
        (leads || fact.text.includes(' ') || before.length === 0) &&
        source.type === 'request'
        ? 1
        : 0
    }
    case 'quoted': {
      const said = [near, far]
      if (slot.role === 'title' && said.some((word) => word !== undefined && creators.has(word))) return 3
      return slot.role === 'body' && said.some((word) => word !== undefined && speech.has(word)) ? 3 : 0
    }
    default:
      return 0
  }
}

/** What stands outside the clause is less likely meant, unless a pronoun can mean nothing else. */
function distance(fact: Fact, source: Source): number {
  if (within(fact, source)) return 0
  if (!source.focus.leaning) return 1
  return source.reading.facts.some((other) => other !== fact && other.kind === fact.kind) ? 0.5 : 0
}

function within(fact: Fact, { focus }: Source): boolean {
  return fact.start >= focus.start && fact.end <= focus.end
}

/** The words before a fact, nearest first, up to the fact or the end of a sentence before it; at most five. */
function wordsBefore(fact: Fact, { reading }: Source): readonly Word[] {
  const words = between(reading.words, fact.start - 60, fact.start).toReversed()
  const near = between(reading.facts, fact.start - 120, fact.start).filter(
    ({ kind }) => kind !== 'currency' && kind !== 'proper',
  )
  const stop = words.findIndex((word, index) => {
    const next = words[index - 1]?.start ?? fact.start
    const blocked = near.some((other) => other !== fact && other.start < word.end && other.end > word.start)
    const ends = /[.!?;:\n](\s|$)/.test(reading.text.slice(word.end, next))
    return ends || (blocked && !/^between$/i.test(words[index + 1]?.text ?? ''))
  })
  return words.slice(0, stop === -1 ? 5 : Math.min(stop, 5))
}

function wordsAfter(fact: Fact, { reading }: Source): readonly Word[] {
  const words = between(reading.words, fact.end, fact.end + 40)
  return words.filter((word) => !/[.!?;,\n]/.test(reading.text.slice(fact.end, word.start)))
}
