// Words, their stems and where they stand. English only.

/** One word of a text. */
export interface Word {
  readonly text: string
  readonly stem: string
  readonly start: number
  readonly end: number
}

/** Words that say nothing about what is wanted. */
const stopWords = new Set(
  `a an the this that these those of in on at to for from by with and or but so as is are was were be been being am do does did has have had
   will would can could shall should may might must i me my we us our you your he him his she her it its they them their there here
   what which who whom whose when where why how much many any some all both each every please also then than too very just still yet
   not no yes if about into onto over under up down out off again more most other one ones s re ve ll d m t let lets hello hi hey dear thanks thank
   want need like know tell give get got`
    .split(/\s+/)
    .filter(Boolean),
)

/** Every word of `text` in order: letters and digits, with inner apostrophes and hyphens taken apart. */
export function wordsOf(text: string): readonly Word[] {
  return [...text.matchAll(/[\p{L}\p{N}]+|(?<=[\d)]\s)[+*×/](?=\s[\d(])|(?<=[\d)]\s)[-−](?=\s[\d(])/gu)].map(
    (match) => ({
      text: match[0],
      stem: stem(match[0]),
      start: match.index,
      end: match.index + match[0].length,
    }),
  )
}

/** The stems of a snake_case, kebab-case or camelCase name or of a phrase, in order. */
export function stemsOf(name: string): readonly string[] {
  return wordsOf(name.replace(/([a-z\d])([A-Z])/g, '$1 $2').replaceAll('_', ' ')).map((word) => word.stem)
}

/** Whether a word carries meaning: no stop word, no bare number. */
export function isContent(word: Word): boolean {
  return !stopWords.has(word.text.toLowerCase()) && !/^\d+$/.test(word.text)
}

const operators: Readonly<Record<string, string>> = {
  '+': 'add',
  '*': 'multiply',
  '×': 'multiply',
  '/': 'divide',
  '-': 'subtract',
  '−': 'subtract',
}

const irregular = new Map(
  Object.entries({
    bought: 'buy',
    sent: 'send',
    wrote: 'write',
    written: 'write',
    paid: 'pay',
    flew: 'fly',
    flown: 'fly',
    made: 'make',
    found: 'find',
    sold: 'sell',
    lent: 'lend',
    spent: 'spend',
    people: 'person',
    children: 'child',
    men: 'man',
    women: 'woman',
    mice: 'mouse',
    mail: 'email',
    mails: 'email',
    cancelled: 'cancel',
    cancelling: 'cancel',
    shipped: 'ship',
    shipping: 'ship',
    added: 'add',
    adding: 'add',
    warmer: 'warm',
    warmest: 'warm',
    colder: 'cold',
    coldest: 'cold',
    news: 'news',
    status: 'status',
    address: 'address',
    addresses: 'address',
  }),
)

/**
 * A light stem: plural, -ed, -ing and a final e go. Wrong stems do no harm as long as both sides get the same.
 * `e-mail` and `mail` are one word here.
 */
export function stem(word: string): string {
  const lower = word.toLowerCase()
  if (Object.hasOwn(operators, lower)) return operators[lower] ?? lower
  const known = irregular.get(lower)
  return known === lower ? lower : cut(known ?? lower)
}

function cut(lower: string): string {
  if (lower.length < 4) return lower
  const singular = lower.replace(/ies$/, 'y').replace(/(ss|us|is)$|(?<=[sxz]|ch|sh)es$|s$/, '$1')
  const base = singular.length > 5 ? singular.replace(/(?<=[aeiouy].*)(ing|ed|ment)$/, '') : singular
  return base
    .replace(/(?<=..)e$/, '')
    .replace(/([bdgmnpt])\1$/, '$1')
    .replace(/(?<=...)i$/, 'y')
}
