// Which kinds of facts a field takes, judged by its schema, its name, its description and what it belongs to.
import type { FactKind } from '../language/facts.ts'
import { stemsOf } from '../language/words.ts'
import type { Shape } from './shape.ts'

/** How well each kind of fact fits, by nature: 2 is sure, 1 is possible; a kind that is not in it does not fit. */
export type Accepts = ReadonlyMap<FactKind, number>

/** The words of a field, as stems: of its name, of its description, and of the tool or object around it. */
export interface FieldWords {
  readonly name: readonly string[]
  readonly about: readonly string[]
  readonly around: readonly string[]
}

/** The kinds of facts for a field. Text without a word that says more takes only quoted text. */
export function acceptedBy(shape: Shape, words: FieldWords): Accepts {
  if (shape.type === 'number') return kinds({ number: 2 })
  if (shape.type !== 'string') return kinds({})
  const format = formats.get(shape.format ?? '')
  return format ?? rules.find(([applies]) => applies(words, shape.description))?.[1] ?? kinds({ quoted: 1 })
}

function kinds(weights: Partial<Record<FactKind, number>>): Accepts {
  return new Map(Object.entries(weights) as [FactKind, number][])
}

const formats: ReadonlyMap<string, Accepts> = new Map([
  ['date', kinds({ date: 2 })],
  ['date-time', kinds({ timestamp: 2, date: 1 })],
  ['time', kinds({ time: 2, date: 1 })],
  ['email', kinds({ email: 2 })],
  ['uri', kinds({ url: 2 })],
  ['url', kinds({ url: 2 })],
  ['uuid', kinds({ id: 2 })],
])

/** Words that say that a field is an id. */
export const idWords = wordSet('id ids code number no nr key ref reference uuid identifier sku iban')

/** Words for companies, which have no name that rules can tell from other words. */
export const companyWords = wordSet(
  'vendor seller supplier company issuer merchant employer organisation organization firm business shop',
)

/** Words for what something is called. */
export const titleWords = wordSet('title subject label heading headline summary')

const personWords =
  wordSet(`person customer client user employee colleague contact guest patient student teacher owner member friend recipient
  attendee sender driver candidate buyer passenger assignee reporter manager author artist who whom nurse doctor agent participant invitee host reader`)
const placeWords = wordSet(
  `city place location town country destination origin region where venue airport station district street area suburb village`,
)
const dateWords = wordSet(
  'date day when deadline due until since start end checkin checkout birthday departure arrival',
)
const makers = wordSet('project product brand team book film song album')
const prose = wordSet('body message text query search content note comment reason')

const timeWords = wordSet('time hour')
const currency = wordSet('currency')
const sides = wordSet('from to source target base quote code')
const ends = wordSet('from to')
const journeys = wordSet('distance flight route trip travel train')
const nameWord = wordSet('name')
const ibanWord = wordSet('iban')
const accountWord = wordSet('account')
const idNouns = wordSet('id sku identifier')
const person = kinds({ person: 2, proper: 1, quoted: 1 })

/** The first rule that applies decides. */
const rules: readonly (readonly [applies: (words: FieldWords, description: string) => boolean, Accepts])[] = [
  [named('email'), kinds({ email: 2 })],
  [named('url link website webpage homepage'), kinds({ url: 2 })],
  [named('phone telephone mobile tel cell fax'), kinds({ phone: 2 })],
  [named('timestamp'), kinds({ timestamp: 2, date: 1 })],
  [
    ({ name }, description) => has(timeWords, name) || /\bHH:MM\b/i.test(description),
    kinds({ time: 2, date: 1, timestamp: 1 }),
  ],
  [
    ({ name }, description) => has(dateWords, name) || /\bYYYY-MM-DD\b/i.test(description),
    kinds({ date: 2, timestamp: 1 }),
  ],
  [({ name, around }) => has(currency, name) || (has(currency, around) && has(sides, name)), kinds({ currency: 2 })],
  [isIdField, kinds({ id: 2, quoted: 1 })],
  [named('level severity'), kinds({ level: 2 })],
  [({ name }) => has(placeWords, name), kinds({ place: 2, proper: 1, quoted: 1 })],
  [named('recipient'), kinds({ person: 2, proper: 1, quoted: 1, email: 1 })],
  [({ name, about }) => has(personWords, name) || (has(personWords, about) && has(nameWord, about)), person],
  [
    ({ name, about, around }) =>
      has(ends, name) && (has(placeWords, about) || has(placeWords, around) || has(journeys, around)),
    kinds({ place: 2, proper: 1 }),
  ],
  [({ name, about, around }) => has(nameWord, name) && (has(personWords, about) || has(personWords, around)), person],
  [named('name'), kinds({ quoted: 2, proper: 1, person: 1 })],
  [({ name }) => has(companyWords, name), kinds({ quoted: 1 })],
  [({ name }) => has(makers, name), kinds({ quoted: 2, proper: 1 })],
  [({ name }) => has(titleWords, name) || has(prose, name), kinds({ quoted: 2 })],
]

function isIdField({ name, about }: FieldWords): boolean {
  const described = has(ibanWord, about) || (has(idNouns, about) && !has(nameWord, name))
  return has(idWords, name) || has(accountWord, name) || described
}

function named(words: string): (field: FieldWords) => boolean {
  const set = wordSet(words)
  return ({ name }) => has(set, name)
}

function has(words: ReadonlySet<string>, stems: readonly string[]): boolean {
  return stems.some((one) => words.has(one))
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(stemsOf(words))
}
