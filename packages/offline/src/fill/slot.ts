// A field that wants a value, and which kinds of facts may be that value.
import { stem, stemsOf } from '../language/words.ts'
import { type Accepts, acceptedBy, companyWords, idWords, titleWords } from './accepts.ts'
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
  readonly accepts: Accepts
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
const fillers = new Set([...idWords, ...stemsOf('name full value text string of the a')])

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
  const accepts = acceptedBy(shape, { name, about, around })
  const role = roles.find(([, words]) => name.some((one) => words.has(one)))?.[0] ?? roleOfName(name, accepts, around)
  return { path, shape, required, own, name, about, around, accepts, role }
}

/** The name of a thing is what a search looks for, and the title of what is made; the name of a person is neither. */
function roleOfName(name: readonly string[], accepts: Accepts, around: readonly string[]): Role | undefined {
  if (!name.includes(stem('name')) || accepts.get('person') === 2) return undefined
  return /^(?:find|search|look|lookup)$/.test(around[0] ?? '') ? 'query' : 'title'
}

/** Whether a slot holds the id of something: the thing is then in `own`, or else in its description. */
export function isId(one: Slot): boolean {
  return one.accepts.get('id') === 2
}
