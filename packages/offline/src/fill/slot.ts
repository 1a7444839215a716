// A field that wants a value, and which kinds of facts may be that value.
import type { FactKind } from '../language/facts.ts'
import { stem, stemsOf } from '../language/words.ts'
import { type Shape, shapeOf } from './shape.ts'

/** A leaf of a schema: a scalar or a list. Objects are walked into, so that `customer.name` is a slot of its own. */
export interface Slot {
  readonly path: readonly string[]
  readonly shape: Shape
  /** Without a value the whole thing cannot stand. */
  readonly required: boolean
  /** Stems of its own name, without those that only say "id" or "name". */
  readonly own: readonly string[]
  /** Stems of its full name. */
  readonly name: readonly string[]
  /** Stems of its description. */
  readonly about: readonly string[]
  /** Stems of what it belongs to: the tool, the object around it. */
  readonly around: readonly string[]
  /** How well each kind of fact fits, by nature: 2 is sure, 1 is possible. */
  readonly accepts: ReadonlyMap<FactKind, number>
  /** The kinds of text it wants that are no facts: a reason, a title. */
  readonly role: Role | undefined
}

/** What a piece of free text is for. */
export type Role = 'reason' | 'body' | 'title' | 'query' | 'problem' | 'wish' | 'company'

/** The slots of an object schema in order. `around` are the words of the tool or of the schema's name. */
export function slotsOf(
  schema: unknown,
  root: unknown,
  around: readonly string[],
  path: readonly string[] = [],
  optional = false,
): readonly Slot[] {
  const shape = shapeOf(schema, root)
  if (shape.type !== 'object' || path.length > 6) return []
  const names = shape.properties.flatMap((property) => stemsOf(property.name))
  // Whoever has an address or a phone is a person.
  const thing = names.some((one) => personal.has(one)) ? [...around, 'person'] : around
  return shape.properties.flatMap((property) => {
    const inner = shapeOf(property.schema, root)
    const here = [...path, property.name]
    const needless = optional || inner.nullable || !property.required
    if (inner.type === 'object')
      return slotsOf(property.schema, root, [...around, ...stemsOf(property.name)], here, needless)
    return [slot(here, inner, !needless, thing)]
  })
}

const personal = new Set(stemsOf('email phone telephone mobile birthday'))

/** Words that name no thing. */
const idWords = new Set(stemsOf('id ids code number no nr key ref reference uuid identifier sku iban'))
const fillers = new Set([...idWords, ...stemsOf('name full value text string of the a')])

const personWords = new Set(
  stemsOf(`person customer client user employee colleague contact guest patient student teacher owner member friend recipient attendee sender driver candidate buyer
    passenger assignee reporter manager author artist who whom nurse doctor agent participant invitee host reader`),
)
const placeWords = new Set(
  stemsOf(
    'city place location town country destination origin region where venue airport station district street area suburb village',
  ),
)
const companyWords = new Set(
  stemsOf('vendor seller supplier company issuer merchant employer organisation organization firm business shop'),
)
const dateWords = new Set(
  stemsOf('date day when deadline due until since start end checkin checkout birthday departure arrival'),
)
const titleWords = new Set(stemsOf('title subject label heading headline summary'))
const roles: readonly (readonly [Role, ReadonlySet<string>])[] = [
  ['reason', new Set(stemsOf('reason cause because justification why'))],
  ['problem', new Set(stemsOf('issue problem complaint defect fault symptom'))],
  ['wish', new Set(stemsOf('wanted wish wants action request desired'))],
  ['query', new Set(stemsOf('query search keyword term topic phrase q about'))],
  ['title', titleWords],
  ['body', new Set(stemsOf('body message content text note comment description details reply'))],
  ['company', companyWords],
]

function slot(path: readonly string[], shape: Shape, required: boolean, around: readonly string[]): Slot {
  const last = path.at(-1) ?? ''
  const name = stemsOf(last)
  const about = stemsOf(shape.description)
  const strict = name.filter((one) => !fillers.has(one))
  const own = strict.length > 0 ? strict : name
  const accepts = acceptedBy(shape, name, about, around)
  const role = roles.find(([, words]) => name.some((one) => words.has(one)))?.[0] ?? roleOfName(name, accepts, around)
  return { path, shape, required, own, name, about, around, accepts, role }
}

/** The name of a thing is what a search looks for, and the title of what is made; the name of a person is neither. */
function roleOfName(
  name: readonly string[],
  accepts: ReadonlyMap<FactKind, number>,
  around: readonly string[],
): Role | undefined {
  if (!name.includes(stem('name')) || accepts.get('person') === 2) return undefined
  return /^(?:find|search|look|lookup)$/.test(around[0] ?? '') ? 'query' : 'title'
}

function acceptedBy(
  shape: Shape,
  name: readonly string[],
  about: readonly string[],
  around: readonly string[],
): ReadonlyMap<FactKind, number> {
  if (shape.type === 'number') return new Map([['number', 2]])
  if (shape.type !== 'string') return new Map()
  const has = (words: ReadonlySet<string>, ...stems: readonly (readonly string[])[]) =>
    stems.some((list) => list.some((one) => words.has(one)))
  const is = (words: string, ...stems: readonly (readonly string[])[]) =>
    has(new Set(stemsOf(words)), ...(stems.length > 0 ? stems : [name]))
  switch (shape.format) {
    case 'date':
      return new Map([['date', 2]])
    case 'date-time':
      return new Map([
        ['timestamp', 2],
        ['date', 1],
      ])
    case 'time':
      return new Map([
        ['time', 2],
        ['date', 1],
      ])
    case 'email':
      return new Map([['email', 2]])
    case 'uri':
    case 'url':
      return new Map([['url', 2]])
    case 'uuid':
      return new Map([['id', 2]])
  }
  if (is('email')) return new Map([['email', 2]])
  if (is('url link website webpage homepage')) return new Map([['url', 2]])
  if (is('phone telephone mobile tel cell fax')) return new Map([['phone', 2]])
  if (is('timestamp'))
    return new Map([
      ['timestamp', 2],
      ['date', 1],
    ])
  if (is('time hour') || /\bHH:MM\b/i.test(shape.description))
    return new Map([
      ['time', 2],
      ['date', 1],
      ['timestamp', 1],
    ])
  if (has(dateWords, name) || /\bYYYY-MM-DD\b/i.test(shape.description))
    return new Map([
      ['date', 2],
      ['timestamp', 1],
    ])
  if (is('currency') || (is('currency', around) && is('from to source target base quote code', name)))
    return new Map([['currency', 2]])
  if (has(idWords, name) || is('iban', about) || (is('id sku identifier', about) && !is('name', name)) || is('account'))
    return new Map([
      ['id', 2],
      ['quoted', 1],
    ])
  if (is('level severity')) return new Map([['level', 2]])
  if (has(placeWords, name))
    return new Map([
      ['place', 2],
      ['proper', 1],
      ['quoted', 1],
    ])
  if (has(personWords, name))
    return new Map([
      ['person', 2],
      ['proper', 1],
      ['quoted', 1],
      ...(is('recipient to') ? ([['email', 1]] as const) : []),
    ])
  if (has(personWords, about) && is('name', about)) return personKinds
  if (is('from to', name) && (has(placeWords, about, around) || is('distance flight route trip travel train', around)))
    return new Map([
      ['place', 2],
      ['proper', 1],
    ])
  if (is('name')) {
    if (has(personWords, about, around)) return personKinds
    return new Map([
      ['quoted', 2],
      ['proper', 1],
      ['person', 1],
    ])
  }
  if (has(companyWords, name)) return new Map([['quoted', 1]])
  if (
    has(titleWords, name) ||
    is(
      'body message text query search content note comment reason project product brand team book film song album',
      name,
    )
  ) {
    return new Map<FactKind, number>([
      ['quoted', 2],
      ...(is('project product brand team book film song album', name) ? ([['proper', 1]] as const) : []),
    ])
  }
  return new Map([['quoted', 1]])
}

const personKinds: ReadonlyMap<FactKind, number> = new Map([
  ['person', 2],
  ['proper', 1],
  ['quoted', 1],
])

/** Whether a slot holds the id of something: the thing is then in `own`, or else in its description. */
export function isId(one: Slot): boolean {
  return one.accepts.get('id') === 2
}
