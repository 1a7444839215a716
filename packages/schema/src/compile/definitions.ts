/** The parts of a schema that stand under `$defs`, by their shape and by their name. */

import { check } from '../check/check.ts'
import type { Wire } from '../rewrite/rewrite.ts'
import type { UnionContext } from '../rewrite/union.ts'
import type { JsonSchema } from '../schema.ts'
import type { Scalar, Shape } from '../shape.ts'

/** `wire` comes when the shape is compiled; a recursive shape meets its definition before that. */
export interface Definition {
  readonly reference: string
  readonly shape: Shape
  wire?: Wire
}

export class Definitions implements UnionContext {
  readonly #byShape = new Map<Shape, Definition>()
  readonly #byReference = new Map<string, Definition>()

  of(shape: Shape): Definition | undefined {
    return this.#byShape.get(shape)
  }

  /** The root itself, known as `#`. */
  addRoot(shape: Shape): Definition {
    return this.#keep({ reference: '#', shape })
  }

  add(shape: Shape, name: string): Definition {
    const base = `#/$defs/${name.replaceAll(/[^A-Za-z0-9_-]/g, '_') || 'Definition'}`
    let reference = base
    for (let count = 2; this.#byReference.has(reference); count++) reference = `${base}${count}`
    return this.#keep({ reference, shape })
  }

  #keep(definition: Definition): Definition {
    this.#byShape.set(definition.shape, definition)
    this.#byReference.set(definition.reference, definition)
    return definition
  }

  /** `{ $defs }`, or nothing where there are none. */
  json(): JsonSchema {
    const named = [...this.#byReference.values()].filter(({ reference }) => reference !== '#')
    if (named.length === 0) return {}
    return {
      $defs: Object.fromEntries(
        named.map(({ reference, wire }) => [reference.slice('#/$defs/'.length), wire?.json ?? {}]),
      ),
    }
  }

  readonly resolve = (json: JsonSchema): JsonSchema => {
    const definition = typeof json['$ref'] === 'string' ? this.#byReference.get(json['$ref']) : undefined
    if (definition === undefined) return json
    return definition.wire?.json ?? preview(definition.shape)
  }

  readonly accepts = (json: JsonSchema, value: unknown): boolean => {
    return check(json, value, (reference) => this.#byReference.get(reference)?.wire?.json).length === 0
  }
}

export function literalsJson(values: readonly Scalar[]): JsonSchema {
  const types = [...new Set(values.map((value) => (value === null ? 'null' : typeof value)))]
  const [only, second] = types
  if (only === 'null' && second === undefined) return { type: 'null' }
  const type = only !== undefined && second === undefined ? only : types
  return values.length === 1 ? { type, const: values[0] } : { type, enum: values }
}

/** The outline of a definition that is still being compiled: enough to tell it from the other options of a union. */
function preview(shape: Shape): JsonSchema {
  switch (shape.kind) {
    case 'object': {
      if (shape.fields.length === 0 && shape.rest !== undefined) return { type: ['array', 'object'] }
      const properties = Object.fromEntries(
        shape.fields.map(({ name, shape: field }) => [
          name,
          field.kind === 'literals' ? literalsJson(field.values) : {},
        ]),
      )
      return { type: 'object', properties, required: Object.keys(properties) }
    }
    case 'scalar':
      return { type: shape.type }
    case 'literals':
      return literalsJson(shape.values)
    case 'array':
    case 'map':
    case 'set':
      return { type: 'array' }
    case 'tuple':
      return { type: ['array', 'object'] }
    case 'coded':
      return preview(shape.coding.wire)
    case 'union':
      return { anyOf: shape.options.map(preview) }
    case 'absent':
      return { type: 'null' }
    default:
      return {}
  }
}
