// Everything in a text that could be a value, each found once: what two finders claim goes to the more certain one.
import { findDates } from '../chrono.ts'
import { findNames, type Name } from '../compromise.ts'
import { findCurrencies, findNumbers } from './numbers.ts'
import {
  findEmails,
  findIds,
  findLevels,
  findPhones,
  findQuoted,
  findTimes,
  findTimestamps,
  findUrls,
} from './tokens.ts'

/** What a piece of text is. `proper` is a run of capitalised words that nobody knows more about. */
export type FactKind =
  | 'email'
  | 'url'
  | 'quoted'
  | 'timestamp'
  | 'id'
  | 'phone'
  | 'date'
  | 'time'
  | 'number'
  | 'person'
  | 'place'
  | 'proper'
  | 'currency'
  | 'level'

/** A possible value: `text` as it is written at `start`, and `value` as an argument would have it. */
export interface Fact {
  readonly kind: FactKind
  readonly text: string
  readonly start: number
  readonly end: number
  readonly value: string | number
  /** Of a date: its time. Of a number: its currency or `%`. */
  readonly detail?: string | undefined
  /** Of a currency: it belongs to the number beside it. */
  readonly beside?: boolean | undefined
}

/** The facts of `text` in order. Names and dates are only looked for where there can be some. */
export async function factsOf(text: string, now: Date): Promise<readonly Fact[]> {
  const facts: Fact[] = []
  const taken = new Uint8Array(text.length)
  const take = (found: readonly Omit<Fact, 'end'>[]) => {
    for (const one of found) {
      const end = one.start + one.text.length
      if (taken.subarray(one.start, end).includes(1)) continue
      taken.fill(1, one.start, end)
      facts.push({ ...one, end })
    }
  }
  const plain = (kind: FactKind) => (token: { text: string; start: number }) => ({ kind, ...token, value: token.text })
  take(findUrls(text).map(plain('url')))
  take(findEmails(text).map(plain('email')))
  take(findQuoted(text).map(plain('quoted')))
  take(findTimestamps(text).map(plain('timestamp')))
  take(findIds(text).map(plain('id')))
  take(findLevels(text).map(plain('level')))
  take(findPhones(text).map(plain('phone')))
  if (/\d|day|week|month|year|tomorrow|tonight|noon/i.test(text)) {
    for (const found of await findDates(text, now)) {
      if (found.date === '') continue
      take([{ kind: 'date', text: found.text, start: found.start, value: found.date, detail: found.time }])
    }
  }
  take(findTimes(text).map(({ text: value, start, written }) => ({ kind: 'time', text: written, start, value })))
  const currencies = findCurrencies(text)
  take(
    findNumbers(text, currencies).map(({ text: written, start, value, currency, percent }) => ({
      kind: 'number',
      text: written,
      start,
      value,
      detail: percent ? '%' : currency,
    })),
  )
  if (/\p{L}/u.test(text)) {
    const { people, places } = await findNames(text)
    take(people.flatMap((name) => wholeName(text, name)).map(plain('person')))
    take(places.flatMap((name) => wholeName(text, name)).map(plain('place')))
  }
  take(properRuns(text).map(plain('proper')))
  // The time of a date is a value of its own, though it stands inside the date.
  const times = facts.flatMap((fact) =>
    fact.kind === 'date' && fact.detail ? [{ ...fact, kind: 'time' as const, value: fact.detail }] : [],
  )
  const money = currencies.map(({ text: written, start, code, beside }) => ({
    kind: 'currency' as const,
    text: written,
    start,
    end: start + written.length,
    value: code,
    beside,
  }))
  return [...facts, ...times, ...money].sort((left, right) => left.start - right.start)
}

/** The name with the capitalised words beside it, which a half-known name leaves out; none when it is no name of words. */
function wholeName(text: string, { text: name, start }: Name): readonly Name[] {
  if (name.length < 2 || /\d|[-_]$/.test(name) || !text.startsWith(name, start)) return []
  if (!/^\p{Lu}/u.test(name)) return [{ text: name, start }]
  // A word that opens a sentence is capitalised for that reason.
  const left = /(?<=[\p{L}\p{N},] )(?:\p{Lu}[\p{L}'’]+ )+$/u.exec(text.slice(Math.max(0, start - 60), start))?.[0] ?? ''
  const right =
    /^(?: \p{Lu}[\p{L}'’]+(?![\p{L}\p{N}_-]))+/u.exec(text.slice(start + name.length, start + name.length + 60))?.[0] ??
    ''
  return [{ text: left + name + right.replace(/['’]s$/, ''), start: start - left.length }]
}

/** Capitalised words in a row; one alone at the start of a sentence is only a sentence. */
function properRuns(text: string): readonly { text: string; start: number }[] {
  const runs = text.matchAll(
    /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}'’-]*(?:[ ]+(?:(?:de|van|von|der|of|the|&)[ ]+)?\p{Lu}[\p{L}\p{N}'’-]*)*/gu,
  )
  return [...runs].flatMap((match) => {
    const opens = /(^|[.!?:\n]\s*)$/.test(text.slice(Math.max(0, match.index - 20), match.index))
    const clean = match[0].replace(/['’]s$/, '')
    if (!opens) return clean === 'I' || clean.length < 2 ? [] : [{ text: clean, start: match.index }]
    // The first word of a sentence may be a plain word: the run counts from its second word on, if there are two left.
    const rest = clean.replace(/^\S+\s+/, '')
    return rest !== clean ? [{ text: rest, start: match.index + clean.length - rest.length }] : []
  })
}
