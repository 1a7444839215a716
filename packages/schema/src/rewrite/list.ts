/** Lists: arrays and sets are arrays on the wire, a tuple is an object with one property a position. */

import type { JsonSchema } from '../schema.ts'
import { isRecord } from '../shape.ts'
import { decodeWith, encodeWith, type Rewrite, type Wire } from './rewrite.ts'

export function arrayWire(item: Wire): Wire {
  const { rewrite } = item
  if (rewrite === undefined) return { json: { type: 'array', items: item.json } }
  return {
    json: { type: 'array', items: item.json },
    rewrite: {
      mark: `[${rewrite.mark}]`,
      live: { kind: 'items', item: rewrite },
      decode: (wire) => (Array.isArray(wire) ? wire.map((one) => rewrite.decode(one)) : wire),
      encode: (value) => (Array.isArray(value) ? Array.from(value, (one) => rewrite.encode(one) ?? null) : value),
    },
  }
}

export function setWire(item: Wire): Wire {
  return {
    json: { type: 'array', items: item.json },
    rewrite: {
      mark: `set(${item.rewrite?.mark ?? ''})`,
      decode: (wire) => (Array.isArray(wire) ? new Set(wire.map((one) => decodeWith(item.rewrite, one))) : wire),
      encode: (value) =>
        value instanceof Set ? [...value].map((one) => encodeWith(item.rewrite, one) ?? null) : value,
    },
  }
}

/** The strict form: positions are properties "0", "1"…, and what follows them is a list under "rest". */
export function keyedTupleWire(items: readonly Wire[], rest: Wire | undefined): Wire {
  const list = rest === undefined ? undefined : arrayWire(rest)
  const properties: Record<string, JsonSchema> = Object.fromEntries(items.map((item, at) => [String(at), item.json]))
  if (list !== undefined) properties['rest'] = list.json
  return {
    json: { type: 'object', properties, required: Object.keys(properties), additionalProperties: false },
    rewrite: {
      mark: `tuple(${items.map((item) => item.rewrite?.mark ?? '').join()}${list ? `,...${list.rewrite?.mark ?? ''}` : ''})`,
      decode(wire) {
        if (Array.isArray(wire)) return wire.map((one, at) => decodeWith((items[at] ?? rest)?.rewrite, one))
        if (!isRecord(wire)) return wire
        const values = items.map((item, at) => decodeWith(item.rewrite, wire[at]))
        const more = list === undefined ? undefined : decodeWith(list.rewrite, wire['rest'])
        if (Array.isArray(more) && more.length > 0) return [...values, ...more]
        while (values.length > 0 && values.at(-1) === undefined) values.pop()
        return values
      },
      encode(value) {
        if (!Array.isArray(value)) return value
        const wire: Record<string, unknown> = {}
        for (const [at, item] of items.entries()) wire[at] = encodeWith(item.rewrite, value[at]) ?? null
        if (list !== undefined) wire['rest'] = encodeWith(list.rewrite, value.slice(items.length))
        return wire
      },
    },
  }
}

/** The loose form: an array with `prefixItems`. */
export function arrayTupleWire(items: readonly Wire[], rest: Wire | undefined, least: number): Wire {
  const json = {
    type: 'array',
    prefixItems: items.map((item) => item.json),
    items: rest?.json ?? false,
    minItems: least,
    ...(rest === undefined ? { maxItems: items.length } : {}),
  }
  const marks = [...items, rest].map((item) => item?.rewrite?.mark ?? '')
  if (marks.every((mark) => mark === '')) return { json }
  const each = (list: readonly unknown[], turn: (rewrite: Rewrite | undefined, one: unknown) => unknown) =>
    Array.from(list, (one, at) => turn((items[at] ?? rest)?.rewrite, one))
  return {
    json,
    rewrite: {
      mark: `(${marks.join()})`,
      decode: (wire) => (Array.isArray(wire) ? each(wire, decodeWith) : wire),
      encode: (value) => (Array.isArray(value) ? each(value, encodeWith) : value),
    },
  }
}
