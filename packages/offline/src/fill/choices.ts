// Enums and booleans: words of the text that choose among few values.
import { areSynonyms } from '../language/synonyms.ts'
import { stemsOf, type Word } from '../language/words.ts'
import type { Slot } from './slot.ts'
import type { Source } from './source.ts'

/** The value that the text chooses, or undefined when it chooses none or more than one. */
export function choose(slot: Slot, source: Source): unknown {
  if (slot.shape.type === 'boolean') return chooseBoolean(slot, source)
  if (slot.shape.type !== 'enum') return undefined
  // A tag that can have only one value is no choice.
  if (slot.shape.values.length === 1) return slot.shape.values[0]
  const parts = source.type === 'request' ? [inFocus(source)] : [wishWords(slot, source), source.reading.words]
  for (const words of parts) {
    for (const alike of [(left: string, right: string) => left === right, areSynonyms]) {
      const found = slot.shape.values.filter((value) => mentions(words, stemsOf(String(value)), alike, source))
      const chosen = found.length > 1 ? byDirection(slot, found, words, source) : found
      if (chosen.length === 1) return chosen[0]
      if (chosen.length > 1) return undefined
    }
  }
  return undefined
}

type Alike = (left: string, right: string) => boolean

/** Whether the stems of a value stand in a row. "on" and "off" only count beside a verb, or at the end. */
function mentions(words: readonly Word[], stems: readonly string[], alike: Alike, { reading }: Source): boolean {
  return words.some((word, at) => {
    if (!stems.every((one, index) => alike(words[at + index]?.stem ?? '', one))) return false
    if (stems.length > 1 || !/^(on|off|in|out|up|down)$/.test(word.stem)) return true
    const last = /^\s*([.,;!?]|$)/.test(reading.text.slice(word.end)) || at === words.length - 1
    return last || /^(turn|switch|put|set|is|be|go|keep)$/.test(words[at - 1]?.stem ?? '')
  })
}

/** Two units in one sentence: the one at the number is converted from, the other one to. */
function byDirection(
  slot: Slot,
  values: readonly unknown[],
  words: readonly Word[],
  source: Source,
): readonly unknown[] {
  const side = slot.name.includes('from') ? 'from' : slot.name.includes('to') ? 'to' : undefined
  if (side === undefined) {
    if (isEither(values, words, source)) return values
    const named = values.filter((value) => {
      const [first] = stemsOf(String(value))
      const at = words.findIndex((word) => word.stem === first)
      return [words[at - 1], words[at + 1]].some((word) => word && slot.own.includes(word.stem))
    })
    return named.length === 1 ? named : values
  }
  const atNumber = (value: unknown) => {
    const stems = stemsOf(String(value))
    const word = words.find((one) => stems[0] === one.stem || areSynonyms(stems[0] ?? '', one.stem))
    return word !== undefined && /\d\s*$/.test(source.reading.text.slice(0, word.start))
  }
  return values.filter((value) => atNumber(value) === (side === 'from'))
}

/** "Low or high" leaves the choice open. */
function isEither(values: readonly unknown[], words: readonly Word[], { reading }: Source): boolean {
  const stems = new Set(values.map((value) => stemsOf(String(value))[0]))
  const said = words.filter((word) => stems.has(word.stem))
  return said.some((word, index) =>
    /^\s*or\s*$/i.test(reading.text.slice(word.end, said[index + 1]?.start ?? word.end)),
  )
}

function chooseBoolean(slot: Slot, source: Source): boolean | undefined {
  const words = inFocus(source)
  const at = words.findIndex((word) => slot.own.some((one) => one === word.stem && one.length > 2))
  if (at === -1) return undefined
  const before = words.slice(Math.max(0, at - 3), at).map((word) => word.text.toLowerCase())
  return !before.some((word) => /^(no|not|without|don|never|non)$/.test(word))
}

/** The words of the clause; where it leans on others, those of the statements that it leans on too. Quoted text chooses nothing. */
function inFocus({ reading, focus }: Source): readonly Word[] {
  const told = focus.leaning ? reading.clauses.filter((clause) => clause.type === 'statement') : []
  const quoted = reading.facts.filter((fact) => fact.kind === 'quoted')
  const within = (word: Word, part: { readonly start: number; readonly end: number }) =>
    word.start >= part.start && word.end <= part.end
  return reading.words.filter(
    (word) => [focus, ...told].some((part) => within(word, part)) && !quoted.some((part) => within(word, part)),
  )
}

/** What somebody wants stands where they say that they want it. */
function wishWords(slot: Slot, { reading }: Source): readonly Word[] {
  if (slot.role !== 'wish') return []
  const wish = /[^.!?\n]*\b(?:would like|I'd like|please|want|could you|can you|ask for|request)\b[^.!?\n]*/i.exec(
    reading.text,
  )
  return wish ? reading.words.filter((word) => word.start >= wish.index && word.end <= wish.index + wish[0].length) : []
}
