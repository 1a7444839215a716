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

/** @param above the objects that hold the value: pushed and popped, not copied */
function plain(value: unknown, above: object[], budget: Budget): Json | undefined {
  budget.left -= 1
  if (budget.left < 0) return budget.left === -1 ? '[left out]' : undefined
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

function plainObject(value: object, above: object[], budget: Budget): Json | undefined {
  if (above.includes(value)) return '[circular]'
  if (above.length >= limits.depth) return '[too deep]'
  above.push(value)
  const json = plainInside(value, above, budget)
  above.pop()
  return json
}

function plainInside(value: object, above: object[], budget: Budget): Json | undefined {
  if (Array.isArray(value)) return plainItems(value, above, budget)
  if (Object.getPrototypeOf(value) !== Object.prototype) {
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString()
    if (value instanceof Error) return { error: value.name, message: value.message.toWellFormed() }
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`
    if (value instanceof Map && [...value.keys()].every((key) => typeof key === 'string'))
      return plainFields(Object.fromEntries(value), above, budget)
    if (value instanceof Map || value instanceof Set) return plainItems(value, above, budget)
  }
  if ('toJSON' in value && typeof value.toJSON === 'function') return plain(value.toJSON(), above, budget)
  return plainFields({ ...value }, above, budget)
}

function plainItems(items: Iterable<unknown>, above: object[], budget: Budget): Json {
  const list: Json[] = []
  for (const item of items) {
    list.push(plain(item, above, budget) ?? null)
    if (budget.left < 0) break
  }
  return list
}

/** @param fields a copy, which is changed where that is needed: mostly it is JSON already */
function plainFields(fields: Record<string, unknown>, above: object[], budget: Budget): Json {
  let fine = true
  for (const key in fields) {
    const before = fields[key]
    const json = plain(before, above, budget)
    if (json !== before) fields[key] = json
    fine &&= json !== undefined && key.isWellFormed()
  }
  if (fine) return fields as Json
  const said = Object.entries(fields).filter(([, json]) => json !== undefined)
  return Object.fromEntries(said.map(([key, json]) => [key.toWellFormed(), json])) as Json
}
