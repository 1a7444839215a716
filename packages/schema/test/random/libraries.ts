/** Builds the schema of a description in each library. */

import { toStandardJsonSchema } from '@valibot/to-json-schema'
import * as v from 'valibot'
import { z as z4 } from 'zod'
import { z as mini } from 'zod/mini'
import { z as z3 } from 'zod3'
import type { JsonSchema, Schema } from '../../src/index.ts'
import { fromZod3 } from '../../src/zod3.ts'
import { arktypeOf, arktypeTells, foundWithArktype } from './arktype.ts'
import type { Abilities, Case, Description } from './description.ts'

export interface Library {
  readonly name: string
  readonly abilities: Abilities
  build(description: Description): Schema
  /** Whether the library tells of all that a value holds; it always does where this is left out. */
  tells?(schema: Schema, value: unknown): boolean
  /** cases that failed once */
  readonly found?: readonly Case[]
}

const everything: Abilities = { coded: true, openObjects: true, trees: true, inheritedNames: false, weakObjects: true }
const json: Abilities = { coded: false, openObjects: true, trees: true, inheritedNames: true, weakObjects: true }

export const libraries: readonly Library[] = [
  { name: 'zod 4', abilities: everything, build: (shape) => zod4(shape) },
  { name: 'zod/mini', abilities: everything, build: (shape) => zodMini(shape) },
  { name: 'zod 3', abilities: everything, build: (shape) => fromZod3(zod3(shape)) },
  {
    name: 'valibot',
    abilities: { coded: false, openObjects: false, trees: false, inheritedNames: false, weakObjects: true },
    build: (shape) => toStandardJsonSchema(valibot(shape)),
  },
  {
    name: 'arktype',
    abilities: { coded: false, openObjects: false, trees: false, inheritedNames: false, weakObjects: false },
    build: (shape) => arktypeOf(shape),
    tells: arktypeTells,
    found: foundWithArktype,
  },
  { name: 'JSON Schema', abilities: json, build: (shape) => jsonSchema(shape) },
]

function zod4(shape: Description): z4.ZodType {
  switch (shape.kind) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
    case 'any':
    case 'date':
    case 'bigint':
      return z4[shape.kind]()
    case 'integer':
      return z4.int()
    case 'literals':
      return z4.literal([...shape.values])
    case 'array':
      return z4.array(zod4(shape.item))
    case 'set':
      return z4.set(zod4(shape.item))
    case 'record':
      return z4.record(z4.string(), zod4(shape.value))
    case 'map':
      return z4.map(z4.string(), zod4(shape.value))
    case 'tuple':
      return z4.tuple(shape.items.map(zod4) as [z4.ZodType, ...z4.ZodType[]])
    case 'nullable':
      return z4.nullable(zod4(shape.inner))
    case 'union':
      return z4.union(shape.options.map(zod4))
    case 'object': {
      const fields = Object.fromEntries(
        shape.fields.map((field) => [field.name, field.optional ? z4.optional(zod4(field.shape)) : zod4(field.shape)]),
      )
      return shape.open ? z4.looseObject(fields) : z4.object(fields)
    }
    case 'tree': {
      const node: z4.ZodType = z4.object({ value: zod4(shape.value), children: z4.array(z4.lazy(() => node)) })
      return node
    }
  }
}

function zodMini(shape: Description): mini.ZodMiniType {
  switch (shape.kind) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
    case 'any':
    case 'date':
    case 'bigint':
      return mini[shape.kind]()
    case 'integer':
      return mini.int()
    case 'literals':
      return mini.literal([...shape.values])
    case 'array':
      return mini.array(zodMini(shape.item))
    case 'set':
      return mini.set(zodMini(shape.item))
    case 'record':
      return mini.record(mini.string(), zodMini(shape.value))
    case 'map':
      return mini.map(mini.string(), zodMini(shape.value))
    case 'tuple':
      return mini.tuple(shape.items.map(zodMini) as [mini.ZodMiniType, ...mini.ZodMiniType[]])
    case 'nullable':
      return mini.nullable(zodMini(shape.inner))
    case 'union':
      return mini.union(shape.options.map(zodMini))
    case 'object': {
      const fields = Object.fromEntries(
        shape.fields.map((field) => [
          field.name,
          field.optional ? mini.optional(zodMini(field.shape)) : zodMini(field.shape),
        ]),
      )
      return shape.open ? mini.looseObject(fields) : mini.object(fields)
    }
    case 'tree': {
      const node: mini.ZodMiniType = mini.object({
        value: zodMini(shape.value),
        children: mini.array(mini.lazy(() => node)),
      })
      return node
    }
  }
}

function zod3(shape: Description): z3.ZodTypeAny {
  switch (shape.kind) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
    case 'any':
    case 'date':
    case 'bigint':
      return z3[shape.kind]()
    case 'integer':
      return z3.number().int()
    case 'literals': {
      const [first, second, ...rest] = shape.values.map((value) => z3.literal(value))
      if (first === undefined) return z3.never()
      return second === undefined ? first : z3.union([first, second, ...rest])
    }
    case 'array':
      return z3.array(zod3(shape.item))
    case 'set':
      return z3.set(zod3(shape.item))
    case 'record':
      return z3.record(zod3(shape.value))
    case 'map':
      return z3.map(z3.string(), zod3(shape.value))
    case 'tuple':
      return z3.tuple(shape.items.map(zod3) as [z3.ZodTypeAny, ...z3.ZodTypeAny[]])
    case 'nullable':
      return zod3(shape.inner).nullable()
    case 'union':
      return z3.union(shape.options.map(zod3) as unknown as [z3.ZodTypeAny, z3.ZodTypeAny])
    case 'object': {
      const object = z3.object(
        Object.fromEntries(
          shape.fields.map((field) => [field.name, field.optional ? zod3(field.shape).optional() : zod3(field.shape)]),
        ),
      )
      return shape.open ? object.passthrough() : object
    }
    case 'tree': {
      const node: z3.ZodTypeAny = z3.object({ value: zod3(shape.value), children: z3.array(z3.lazy(() => node)) })
      return node
    }
  }
}

function valibot(shape: Description): v.GenericSchema {
  switch (shape.kind) {
    case 'string':
      return v.string()
    case 'number':
      return v.number()
    case 'boolean':
      return v.boolean()
    case 'null':
      return v.null()
    case 'any':
      return v.any()
    case 'integer':
      return v.pipe(v.number(), v.integer())
    case 'literals':
      return v.union(shape.values.map((value) => v.literal(value)))
    case 'array':
      return v.array(valibot(shape.item))
    case 'record':
      return v.record(v.string(), valibot(shape.value))
    case 'tuple':
      return v.tuple(shape.items.map(valibot))
    case 'nullable':
      return v.nullable(valibot(shape.inner))
    case 'union':
      return v.union(shape.options.map(valibot))
    case 'object': {
      const fields = Object.fromEntries(
        shape.fields.map((field) => [
          field.name,
          field.optional ? v.optional(valibot(field.shape)) : valibot(field.shape),
        ]),
      )
      return v.object(fields)
    }
    default:
      throw new Error(`${shape.kind} is beyond this builder`)
  }
}

function jsonSchema(shape: Description): JsonSchema {
  const $defs: Record<string, JsonSchema> = {}
  const build = (part: Description): JsonSchema => {
    switch (part.kind) {
      case 'string':
      case 'number':
      case 'integer':
      case 'boolean':
      case 'null':
        return { type: part.kind }
      case 'any':
        return {}
      case 'literals':
        return { enum: part.values }
      case 'array':
        return { type: 'array', items: build(part.item) }
      case 'record':
        return { type: 'object', additionalProperties: build(part.value) }
      case 'tuple':
        return { type: 'array', prefixItems: part.items.map(build), items: false, minItems: part.items.length }
      case 'nullable':
        return { anyOf: [build(part.inner), { type: 'null' }] }
      case 'union':
        return { anyOf: part.options.map(build) }
      case 'object':
        return {
          type: 'object',
          properties: Object.fromEntries(part.fields.map((field) => [field.name, build(field.shape)])),
          required: part.fields.filter((field) => !field.optional).map((field) => field.name),
          additionalProperties: part.open,
        }
      case 'tree': {
        const name = `Tree${Object.keys($defs).length}`
        $defs[name] = {}
        $defs[name] = {
          type: 'object',
          properties: { value: build(part.value), children: { type: 'array', items: { $ref: `#/$defs/${name}` } } },
          required: ['value', 'children'],
          additionalProperties: false,
        }
        return { $ref: `#/$defs/${name}` }
      }
      default:
        throw new Error(`${part.kind} is beyond JSON Schema`)
    }
  }
  const root = build(shape)
  // an empty object is no schema by itself, so "anything" stands in a list of one
  return { ...(Object.keys(root).length === 0 ? { anyOf: [root] } : root), $defs }
}
