/** Objects: a field that is left out stands on the wire as null, and keys beside the fields as a list of pairs. */

import type { JsonSchema } from '../schema.ts'
import { isRecord } from '../shape.ts'
import { decodeWith, encodeWith, type Rewrite, type Wire } from './rewrite.ts'

export interface FieldWire {
  readonly name: string
  readonly wire: Wire
  readonly optional: boolean
}

/** What may stand beside the fields: under one more property of the wire (strict), or among them (loose). */
export interface RestWire {
  readonly property: string | undefined
  readonly wire: Wire
}

/** @param every whether the wire lists each property as required, as the strict subset does */
export function objectWire(fields: readonly FieldWire[], rest: RestWire | undefined, every: boolean): Wire {
  const properties: Record<string, JsonSchema> = {}
  for (const { name, wire } of fields) properties[name] = wire.json
  if (rest?.property !== undefined) properties[rest.property] = rest.wire.json
  const required = every
    ? Object.keys(properties)
    : fields.filter((field) => !field.optional).map((field) => field.name)
  const open = rest !== undefined && rest.property === undefined ? rest.wire.json : false
  return {
    json: { type: 'object', properties, required, ...(open === false && !every ? {} : { additionalProperties: open }) },
    rewrite: objectRewrite(fields, rest),
  }
}

function objectRewrite(fields: readonly FieldWire[], rest: RestWire | undefined): Rewrite | undefined {
  const steps = fields.flatMap(({ name, wire: { rewrite } }) => (rewrite === undefined ? [] : [{ name, rewrite }]))
  if (steps.length === 0 && rest?.wire.rewrite === undefined) return undefined
  const names = new Set(fields.map((field) => field.name))
  const marks = steps.map((step) => `${JSON.stringify(step.name)}:${step.rewrite.mark}`).sort()
  const byName = new Map(steps.map((step) => [step.name, step.rewrite]))
  return {
    live: {
      kind: 'fields',
      rest: rest?.property,
      at: (name) => byName.get(name) ?? (names.has(name) ? undefined : rest?.wire.rewrite),
    },
    mark: `{${marks.join()}|${rest?.property ?? ''}${rest?.wire.rewrite?.mark ?? ''}}`,
    decode(wire) {
      if (!isRecord(wire)) return wire
      // most objects hold nothing to change; those are handed on as they are
      const changed: string[] = []
      const decoded: unknown[] = []
      for (const { name, rewrite } of steps) {
        const before = wire[name]
        if (before === undefined || !Object.hasOwn(wire, name)) continue
        const after = rewrite.decode(before)
        if (after !== before) {
          changed.push(name)
          decoded.push(after)
        }
      }
      if (changed.length === 0 && rest === undefined) return wire
      const value: Record<string, unknown> = {}
      for (const key in wire) {
        if (!Object.hasOwn(wire, key) || key === rest?.property) continue
        // few fields change, so looking through them costs less than a map
        const at = changed.indexOf(key)
        const inRest = rest !== undefined && rest.property === undefined && !names.has(key)
        const one = at >= 0 ? decoded[at] : inRest ? decodeWith(rest.wire.rewrite, wire[key]) : wire[key]
        if (one !== undefined) set(value, key, one)
      }
      const others = rest?.property === undefined ? undefined : decodeWith(rest.wire.rewrite, wire[rest.property])
      if (isRecord(others)) for (const key of Object.keys(others)) set(value, key, others[key])
      return value
    },
    encode(value) {
      if (!isRecord(value)) return value
      const wire: Record<string, unknown> = {}
      for (const field of fields) {
        const own = Object.hasOwn(value, field.name) ? value[field.name] : undefined
        const encoded = encodeWith(field.wire.rewrite, own)
        if (encoded !== undefined) wire[field.name] = encoded
      }
      if (rest === undefined) return wire
      const others = Object.fromEntries(Object.entries(value).filter(([key]) => !names.has(key)))
      if (rest.property !== undefined) wire[rest.property] = encodeWith(rest.wire.rewrite, others)
      else for (const key of Object.keys(others)) set(wire, key, encodeWith(rest.wire.rewrite, others[key]))
      return wire
    },
  }
}

/** Plain assignment to `__proto__` would change the object's prototype. */
function set(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
  else target[key] = value
}
