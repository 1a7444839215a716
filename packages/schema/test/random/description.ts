/** One description of a schema, from which each library's schema and the values are made. */

import fc from 'fast-check'

export type Description =
  | { readonly kind: 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'any' | 'date' | 'bigint' }
  | { readonly kind: 'literals'; readonly values: readonly (string | number | boolean)[] }
  | { readonly kind: 'array' | 'set'; readonly item: Description }
  | { readonly kind: 'record' | 'map'; readonly value: Description }
  | { readonly kind: 'tuple'; readonly items: readonly Description[] }
  | { readonly kind: 'nullable'; readonly inner: Description }
  | { readonly kind: 'union'; readonly options: readonly Description[] }
  | { readonly kind: 'object'; readonly fields: readonly DescribedField[]; readonly open: boolean }
  /** a tree: `{ value, children: [itself] }` */
  | { readonly kind: 'tree'; readonly value: Description }

export interface DescribedField {
  readonly name: string
  readonly optional: boolean
  readonly shape: Description
}

/** A schema, and an input of it. */
export interface Case {
  readonly description: Description
  readonly value: unknown
}

/** Which kinds a library can say so that a value comes back as itself. */
export interface Abilities {
  /** values that JSON cannot hold */
  readonly coded: boolean
  readonly openObjects: boolean
  readonly trees: boolean
  /** objects that need no field; arktype lets those be arrays too */
  readonly weakObjects: boolean
  /** fields named like what every object inherits: libraries that look a field up without asking whose it is cannot */
  readonly inheritedNames: boolean
}

/** Names that a rewriting, a prototype or the wire itself uses. */
const awkward = [
  'value',
  'variant',
  'key',
  'rest',
  'left_out',
  'other_properties',
  '0',
  '1',
  'length',
  'type',
  '$ref',
  'a b',
  'é',
]

const names = fc.oneof(fc.constantFrom('a', 'b', 'c', 'name', 'id'), fc.constantFrom(...awkward))
const inheritedNames = fc.constantFrom('constructor', 'toString', 'hasOwnProperty')

export function descriptions(abilities: Abilities): fc.Arbitrary<Description> {
  const { description } = fc.letrec<{ description: Description }>((tie) => {
    const leaves = fc.constantFrom<Description[]>(
      { kind: 'string' },
      { kind: 'number' },
      { kind: 'integer' },
      { kind: 'boolean' },
      { kind: 'null' },
      { kind: 'any' },
      ...(abilities.coded ? [{ kind: 'date' } as const, { kind: 'bigint' } as const] : []),
    )
    const literals = fc
      .uniqueArray(fc.oneof(fc.constantFrom('x', 'y', 'left_out', ''), fc.integer({ min: -2, max: 2 }), fc.boolean()), {
        minLength: 1,
        maxLength: 4,
      })
      .map((values): Description => ({ kind: 'literals', values }))
    const inner = tie('description')
    const field = fc.record({
      name: abilities.inheritedNames ? fc.oneof(names, inheritedNames) : names,
      optional: fc.boolean(),
      shape: inner,
    })
    const fields = fc.uniqueArray(field, { selector: (one) => one.name, maxLength: 4 })
    const nested: fc.Arbitrary<Description>[] = [
      inner.map((item) => ({ kind: 'array', item })),
      inner.map((value) => ({ kind: 'record', value })),
      fc.array(inner, { minLength: 1, maxLength: 3 }).map((items) => ({ kind: 'tuple', items })),
      inner.map((one) => ({ kind: 'nullable', inner: one })),
      fc.array(inner, { minLength: 2, maxLength: 3 }).map((options) => ({ kind: 'union', options })),
      fc.record({
        kind: fc.constant('object' as const),
        fields: abilities.weakObjects ? fields : fc.tuple(field, fields).map(strong),
        open: abilities.openObjects ? fc.boolean() : fc.constant(false),
      }),
    ]
    if (abilities.trees) nested.push(inner.map((value) => ({ kind: 'tree', value })))
    if (abilities.coded) {
      nested.push(
        inner.map((item) => ({ kind: 'set', item })),
        inner.map((value) => ({ kind: 'map', value })),
      )
    }
    return { description: fc.oneof({ maxDepth: 4, depthSize: 'small' }, leaves, literals, ...nested) }
  })
  // a vendor's description of "anything" is an empty schema, which is refused at the root
  return description.filter((shape) => !admitsAnything(shape))
}

/** Schemas, with an input of each. */
export function casesOf(abilities: Abilities): fc.Arbitrary<Case> {
  return descriptions(abilities).chain((description) =>
    fc.record({ description: fc.constant(description), value: valuesOf(description) }),
  )
}

function strong([first, others]: [DescribedField, readonly DescribedField[]]): readonly DescribedField[] {
  return [{ ...first, optional: false }, ...others.filter((other) => other.name !== first.name)]
}

function admitsAnything(shape: Description): boolean {
  if (shape.kind === 'nullable') return admitsAnything(shape.inner)
  return shape.kind === 'union' ? shape.options.some(admitsAnything) : shape.kind === 'any'
}

const texts = fc.oneof(
  fc.constantFrom('', 'x', 'null', '5', '"', '{"left_out":true}', '2026-01-31T09:30:00Z', 'NaN'),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
)
const numbers = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value))
/** Without backslashes: the `JSON.parse` of Node 24 reads the key "a\"" as "a\\" where it has read that at the same place before. */
const keys = fc.oneof(texts, names).filter((key) => key !== '__proto__' && !key.includes('\\'))
const jsonValues = fc
  .jsonValue({ maxDepth: 2 })
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown)
  .filter((value) => !/__proto__|\\\\[^"]*":/.test(JSON.stringify(value)))

/** Inputs of the described schema. */
export function valuesOf(shape: Description): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'string':
      return texts
    case 'number':
      return numbers
    case 'integer':
      return fc.integer()
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'any':
      return jsonValues
    case 'date':
      return fc.date({
        noInvalidDate: true,
        min: new Date('0001-01-01T00:00:00Z'),
        max: new Date('9999-12-31T23:59:59.999Z'),
      })
    case 'bigint':
      return fc.bigInt()
    case 'literals':
      return fc.constantFrom(...shape.values)
    case 'array':
      return fc.array(valuesOf(shape.item), { maxLength: 3 })
    case 'set':
      return fc.array(valuesOf(shape.item), { maxLength: 3 }).map((items) => new Set(items))
    case 'record':
      return fc.array(fc.tuple(keys, valuesOf(shape.value)), { maxLength: 3 }).map((pairs) => Object.fromEntries(pairs))
    case 'map':
      return fc.array(fc.tuple(texts, valuesOf(shape.value)), { maxLength: 3 }).map((pairs) => new Map(pairs))
    case 'tuple':
      return fc.tuple(...shape.items.map(valuesOf))
    case 'nullable':
      return fc.oneof(fc.constant(null), valuesOf(shape.inner))
    case 'union':
      return fc.oneof(...shape.options.map(valuesOf))
    case 'object':
      return objects(shape)
    case 'tree':
      return fc.letrec<{ node: unknown }>((tie) => ({
        node: fc.record({
          value: valuesOf(shape.value),
          children: fc.oneof({ maxDepth: 2 }, fc.constant([]), fc.array(tie('node'), { maxLength: 2 })),
        }),
      })).node
  }
}

function objects({ fields, open }: Description & { kind: 'object' }): fc.Arbitrary<unknown> {
  const known = fields.map(({ name, optional, shape }) => {
    const value = valuesOf(shape).map((one) => [[name, one] as const])
    return optional ? fc.oneof(fc.constant([]), value) : value
  })
  const taken = new Set(fields.map((field) => field.name))
  const others = open ? fc.array(fc.tuple(keys, jsonValues), { maxLength: 2 }) : fc.constant([])
  return fc
    .tuple(others, ...known)
    .map(([more, ...pairs]) => Object.fromEntries([...more.filter(([key]) => !taken.has(key)), ...pairs.flat()]))
}
