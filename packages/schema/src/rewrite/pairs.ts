/** Records and maps: a list of pairs, since the strict subset knows no object with free keys. */

import { JsonTextError } from '../json/json-text-error.ts'
import { isRecord } from '../shape.ts'
import { decodeWith, encodeWith, type Wire } from './rewrite.ts'

function pairsJson(key: Wire, value: Wire): Wire['json'] {
  const items = {
    type: 'object',
    properties: { key: key.json, value: value.json },
    required: ['key', 'value'],
    additionalProperties: false,
  }
  return { type: 'array', items }
}

/** Whether the wire holds pairs; a server that ignores strict schemas may have written the object itself. */
function isPairs(wire: unknown): wire is readonly { readonly key: unknown; readonly value: unknown }[] {
  return Array.isArray(wire) && wire.every((pair) => isRecord(pair) && 'key' in pair && 'value' in pair)
}

/** An object with free keys. Its keys are strings on both sides. */
export function recordWire(key: Wire, value: Wire): Wire {
  return {
    json: pairsJson(key, value),
    rewrite: {
      mark: `record(${value.rewrite?.mark ?? ''})`,
      decode(wire) {
        if (!isPairs(wire) || wire.some((pair) => typeof pair.key === 'object')) {
          if (!isRecord(wire) || value.rewrite === undefined) return wire
          return Object.fromEntries(Object.entries(wire).map(([name, one]) => [name, decodeWith(value.rewrite, one)]))
        }
        if (wire.some((pair) => pair.key === '__proto__')) throw new JsonTextError('The key "__proto__" is not allowed')
        return Object.fromEntries(wire.map((pair) => [String(pair.key), decodeWith(value.rewrite, pair.value)]))
      },
      encode(record) {
        if (!isRecord(record)) return record
        return Object.entries(record).map(([name, one]) => ({
          key: name,
          value: encodeWith(value.rewrite, one) ?? null,
        }))
      },
    },
  }
}

export function mapWire(key: Wire, value: Wire): Wire {
  return {
    json: pairsJson(key, value),
    rewrite: {
      mark: `map(${key.rewrite?.mark ?? ''},${value.rewrite?.mark ?? ''})`,
      decode(wire) {
        if (!isPairs(wire)) return wire
        return new Map(wire.map((pair) => [decodeWith(key.rewrite, pair.key), decodeWith(value.rewrite, pair.value)]))
      },
      encode(map) {
        if (!(map instanceof Map)) return map
        return [...map].map(([name, one]) => ({
          key: encodeWith(key.rewrite, name) ?? null,
          value: encodeWith(value.rewrite, one) ?? null,
        }))
      },
    },
  }
}
