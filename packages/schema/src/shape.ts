/** The one form that every library's schema is read into, and from which the wire's JSON Schema is made. */

import type { Json } from './schema.ts'

/** What a schema says about itself to a reader. */
export interface Notes {
  readonly title?: string | undefined
  readonly description?: string | undefined
  /** what a value left out becomes */
  readonly default?: Json | undefined
  /** facts that no keyword of the wire can say; they end up in the description */
  readonly remarks?: readonly string[] | undefined
}

/** JSON Schema keywords that narrow a shape without changing its form: `minLength`, `pattern`, `maxItems`… */
export type Keywords = Readonly<Record<string, Json>>

export type Scalar = string | number | boolean | null

/** A value that JSON cannot hold, in the form that it takes on the wire. */
export interface Coding {
  readonly name: string
  readonly wire: Shape
  /** tells a value of the user's schema */
  is(value: unknown): boolean
  /** gives `wire` itself back where it is not in this form: the schema then says what is wrong */
  decode(wire: unknown): unknown
  encode(value: unknown): unknown
  /** what the model has to write, for its issues */
  readonly expects: string
}

export interface Field {
  readonly name: string
  readonly shape: Shape
}

export type Shape = { readonly notes?: Notes | undefined } & (
  | { readonly kind: 'anything' }
  | { readonly kind: 'never' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'scalar'; readonly type: 'string' | 'number' | 'integer' | 'boolean'; readonly keywords: Keywords }
  | { readonly kind: 'literals'; readonly values: readonly Scalar[] }
  | {
      readonly kind: 'object'
      readonly fields: readonly Field[]
      readonly rest?: Rest | undefined
      readonly keywords: Keywords
    }
  | { readonly kind: 'array'; readonly item: Shape; readonly keywords: Keywords }
  | { readonly kind: 'tuple'; readonly items: readonly Shape[]; readonly rest?: Shape | undefined }
  | { readonly kind: 'map'; readonly key: Shape; readonly value: Shape }
  | { readonly kind: 'set'; readonly item: Shape; readonly keywords: Keywords }
  | { readonly kind: 'union'; readonly options: readonly Shape[] }
  | { readonly kind: 'both'; readonly left: Shape; readonly right: Shape }
  | { readonly kind: 'coded'; readonly coding: Coding }
  | { readonly kind: 'reference'; readonly name: string; readonly target: () => Shape }
)

/** What an object may hold beside its fields: nothing where this is left out. */
export interface Rest {
  readonly key: Shape
  readonly value: Shape
}

export const anything: Shape = { kind: 'anything' }
export const never: Shape = { kind: 'never' }
export const absent: Shape = { kind: 'absent' }
export const text: Shape = { kind: 'scalar', type: 'string', keywords: {} }

/** A value that may be left out. */
export function optional(shape: Shape, notes?: Notes): Shape {
  return { kind: 'union', options: [shape, absent], notes }
}

/** Whether a value of this shape may be left out. */
export function isOptional(shape: Shape): boolean {
  if (shape.kind === 'absent') return true
  if (shape.kind === 'union') return shape.options.some(isOptional)
  return shape.kind === 'both' && isOptional(shape.left) && isOptional(shape.right)
}

/** What a shape is made of at the same place: what it refers to, its options, both its sides. */
function partsAtOnce(shape: Shape): readonly Shape[] {
  if (shape.kind === 'reference') return [shape.target()]
  if (shape.kind === 'both') return [shape.left, shape.right]
  return shape.kind === 'union' ? shape.options : []
}

/** All shapes that a value at the same place may be held against, each once, however often it is referred to. */
export function shapesAtOnce(shapes: Iterable<Shape>): ReadonlySet<Shape> {
  const found = new Set(shapes)
  for (const shape of found) for (const part of partsAtOnce(shape)) found.add(part)
  return found
}

/** Whether a shape is met again in itself without an object or a list in between. */
export function goesRound(shape: Shape, above: ReadonlySet<Shape> = new Set(), cleared = new Set<Shape>()): boolean {
  const place = shape.kind === 'reference' ? shape.target() : shape
  if (above.has(place)) return true
  if (cleared.has(place)) return false
  const inside = new Set(above).add(place)
  if (partsAtOnce(place).some((part) => goesRound(part, inside, cleared))) return true
  cleared.add(place)
  return false
}

/** The same shape with more said about it: what is said on the outside wins. */
export function annotate(shape: Shape, notes: Notes | undefined): Shape {
  if (notes === undefined) return shape
  const remarks = [...(shape.notes?.remarks ?? []), ...(notes.remarks ?? [])]
  return { ...shape, notes: { ...shape.notes, ...notes, remarks: remarks.length > 0 ? remarks : undefined } }
}

/** An object of the wire or of the user; a class instance other than a plain object counts too. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
