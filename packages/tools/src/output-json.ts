/** What a tool gave, as JSON: a copy, so that nothing the tool does later changes what was recorded. */

import type { Json } from '@pawl/client'

/** Deeper than this, and after this many values, only marks are written: a value may refer to itself in ways no cycle shows. */
const limits = { depth: 100, values: 1_000_000 }

/**
 * Date → ISO text · bigint → decimal text · Map → list of pairs (an object where all keys are texts) · Set → list ·
 * Error → its name and message · bytes → how many · NaN and infinities → their names · functions and symbols → left out ·
 * a value that holds itself → "[circular]". Lone surrogates become U+FFFD.
 * @returns undefined for nothing: undefined, a function, a symbol
 * @throws what a getter or `toJSON` of the value throws
 */
export function outputJson(value: unknown): Json | undefined {
  return plain(value, [], { left: limits.values })
}

interface Budget {
  left: number
}

function plain(value: unknown, above: readonly object[], budget: Budget): Json | undefined {
  budget.left -= 1
  if (budget.left < 0) return '[left out]'
  switch (typeof value) {
    case 'bigint':
      return value.toString()
    case 'number':
      return Number.isFinite(value) ? value : String(value)
    case 'string':
      return value.toWellFormed()
    case 'boolean':
      return value
    case 'object':
      return value === null ? null : plainObject(value, above, budget)
    default:
      return undefined
  }
}

function plainObject(value: object, above: readonly object[], budget: Budget): Json | undefined {
  if (above.includes(value)) return '[circular]'
  if (above.length >= limits.depth) return '[too deep]'
  const inside = [...above, value]
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString()
  if (value instanceof Error) return { error: value.name, message: value.message.toWellFormed() }
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`
  if (value instanceof Map && [...value.keys()].every((key) => typeof key === 'string'))
    return plainFields(value, inside, budget)
  if (value instanceof Map || value instanceof Set || Array.isArray(value)) return plainItems(value, inside, budget)
  if ('toJSON' in value && typeof value.toJSON === 'function') return plain(value.toJSON(), inside, budget)
  return plainFields(Object.entries(value), inside, budget)
}

function plainItems(items: Iterable<unknown>, inside: readonly object[], budget: Budget): Json {
  const list: Json[] = []
  for (const item of items) {
    list.push(plain(item, inside, budget) ?? null)
    if (budget.left < 0) break
  }
  return list
}

/** `Object.fromEntries` defines own fields, so a field named `__proto__` stays a field. */
function plainFields(pairs: Iterable<readonly [string, unknown]>, inside: readonly object[], budget: Budget): Json {
  const fields: [string, Json][] = []
  for (const [key, item] of pairs) {
    const json = plain(item, inside, budget)
    if (json !== undefined) fields.push([key.toWellFormed(), json])
    if (budget.left < 0) break
  }
  return Object.fromEntries(fields)
}
