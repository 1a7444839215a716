// Numbers, amounts of money and currencies, as text writes them.

/** A number in a text. `currency` is an ISO code where one stands beside it. */
export interface FoundNumber {
  readonly text: string
  readonly start: number
  readonly value: number
  readonly currency: string | undefined
  readonly percent: boolean
}

/** A currency named in a text, alone or beside a number. */
export interface FoundCurrency {
  readonly text: string
  readonly start: number
  readonly code: string
  /** The number that it belongs to stands directly beside it. */
  readonly beside: boolean
}

const currencies: readonly (readonly [string, RegExp])[] = [
  ['USD', /US\$|\$|\b(?:US|American) dollars?\b|\bUSD\b|\bdollars?\b|\bbucks\b/gi],
  ['EUR', /€|\bEUR\b|\beuros?\b/gi],
  ['GBP', /£|\bGBP\b|\b(?:British )?pounds? sterling\b|\bBritish pounds?\b|\bpounds?\b(?! of)/gi],
  ['JPY', /¥|\bJPY\b|\b(?:Japanese )?yen\b/gi],
  ['CHF', /\bCHF\b|\b(?:Swiss )?francs?\b/gi],
  ['NOK', /\bNOK\b|\bNorwegian (?:kroner?|crowns?)\b/gi],
  ['SEK', /\bSEK\b|\bSwedish (?:kronor|kroner?|crowns?)\b/gi],
  ['DKK', /\bDKK\b|\bDanish (?:kroner?|crowns?)\b/gi],
  ['PLN', /\bPLN\b|\bz[lł]oty(?:s|ch)?\b/gi],
  ['INR', /₹|\bINR\b|\b(?:Indian )?rupees?\b/gi],
  ['CAD', /\bCAD\b|\bCanadian dollars?\b/gi],
  ['AUD', /\bAUD\b|\bAustralian dollars?\b/gi],
]

const words: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  fifty: 50,
}

/** Currencies in order. The longest name wins: "Canadian dollars" is no US dollar. */
export function findCurrencies(text: string): readonly FoundCurrency[] {
  const all = currencies.flatMap(([code, pattern]) =>
    [...text.matchAll(pattern)].map((match) => {
      const end = match.index + match[0].length
      const beside =
        /\d\s*$/.test(text.slice(Math.max(0, match.index - 3), match.index)) || /^\s*\d/.test(text.slice(end, end + 3))
      return { text: match[0], start: match.index, code, beside }
    }),
  )
  const sorted = all.sort((left, right) => left.start - right.start || right.text.length - left.text.length)
  return sorted.filter((one, index) => {
    // The names of currencies are short: one that holds this one starts among the few before it.
    const before = sorted.slice(Math.max(0, index - 3), index)
    return !before.some((other) => one.start + one.text.length <= other.start + other.text.length)
  })
}

/** Numbers in order, digits and small number words ("one" is left out: it is rarely a number). */
export function findNumbers(
  text: string,
  found: readonly FoundCurrency[] = findCurrencies(text),
): readonly FoundNumber[] {
  const digits = [
    ...text.matchAll(
      /(?<![\p{L}\p{N}_.,#])[-−]?(?:\d{1,3}(?:[,.' ]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?)(?![\p{N}_])/gu,
    ),
  ].map((match) => ({
    text: match[0],
    start: match.index,
    value: parseNumber(match[0]),
  }))
  const spelled = [...text.matchAll(/\b[a-z]+\b/gi)].flatMap((match) => {
    const key = match[0].toLowerCase()
    return Object.hasOwn(words, key) ? [{ text: match[0], start: match.index, value: words[key] ?? 0 }] : []
  })
  const starts = new Map(found.map(({ start, code }) => [start, code]))
  const ends = new Map(found.map(({ start, text: name, code }) => [start + name.length, code]))
  return [...digits, ...spelled]
    .sort((left, right) => left.start - right.start)
    .map((number) => {
      const end = number.start + number.text.length
      const currency =
        starts.get(end) ??
        (text[end] === ' ' ? starts.get(end + 1) : undefined) ??
        ends.get(number.start) ??
        (text[number.start - 1] === ' ' ? ends.get(number.start - 1) : undefined)
      return { ...number, currency, percent: /^\s?(%|percent\b|per cent\b)/.test(text.slice(end, end + 10)) }
    })
}

/** "1,204.50", "1.204,50", "12,5" and "1 204" as numbers. "1.204" stays a little more than one. */
function parseNumber(text: string): number {
  const plain = text.replace('−', '-').replace(/[\s']/g, '')
  if (/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)) return Number(plain.replaceAll(',', ''))
  if (/^-?\d{1,3}(\.\d{3})+,\d+$/.test(plain) || /^-?\d{1,3}(\.\d{3}){2,}$/.test(plain))
    return Number(plain.replaceAll('.', '').replace(',', '.'))
  return Number(plain.replace(',', '.'))
}
