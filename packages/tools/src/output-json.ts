/** What a tool gave, as JSON: a copy, so that nothing the tool does later changes what was recorded. */

import type { Json } from '@pawl/client'
import { type Say, withoutSecrets } from './secrets.ts'

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
  return saidJson(value, withoutSecrets(undefined))
}

/** The same, with something done to each text and key. */
export function saidJson(value: unknown, say: Say): Json | undefined {
  return plain(value, { above: [], left: limits.values, say })
}

interface Walk {
  /** the objects that hold the value: pushed and popped, not copied */
  readonly above: object[]
  /** how many values may still be written */
  left: number
  readonly say: Say
}

function plain(value: unknown, walk: Walk): Json | undefined {
  walk.left -= 1
  if (walk.left < 0) return walk.left === -1 ? '[left out]' : undefined
  switch (typeof value) {
    case 'bigint':
      return walk.say(value.toString())
    case 'number':
      return Number.isFinite(value) ? value : String(value)
    case 'string':
      return walk.say(value)
    case 'boolean':
      return value
    case 'object':
      return value === null ? null : plainObject(value, walk)
    default:
      return undefined
  }
}

function plainObject(value: object, walk: Walk): Json | undefined {
  if (walk.above.includes(value)) return '[circular]'
  if (walk.above.length >= limits.depth) return '[too deep]'
  walk.above.push(value)
  const json = plainInside(value, walk)
  walk.above.pop()
  return json
}

function plainInside(value: object, walk: Walk): Json | undefined {
  if (Array.isArray(value)) return plainItems(value, walk)
  if (Object.getPrototypeOf(value) !== Object.prototype) {
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString()
    if (value instanceof Error) return { error: value.name, message: walk.say(value.message) }
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`
    if (value instanceof Map && [...value.keys()].every((key) => typeof key === 'string'))
      return plainFields(Object.fromEntries(value), walk)
    if (value instanceof Map || value instanceof Set) return plainItems(value, walk)
  }
  if ('toJSON' in value && typeof value.toJSON === 'function') return plain(value.toJSON(), walk)
  return plainFields({ ...value }, walk)
}

function plainItems(items: Iterable<unknown>, walk: Walk): Json {
  const list: Json[] = []
  for (const item of items) {
    list.push(plain(item, walk) ?? null)
    if (walk.left < 0) break
  }
  return list
}

/** @param fields a copy, which is changed where that is needed: mostly it is JSON already */
function plainFields(fields: Record<string, unknown>, walk: Walk): Json {
  let fine = true
  for (const key of Object.keys(fields)) {
    const before = fields[key]
    const json = plain(before, walk)
    if (json !== before) fields[key] = json
    fine &&= json !== undefined && walk.say(key) === key
  }
  if (fine) return fields as Json
  const said = Object.entries(fields).filter(([, json]) => json !== undefined)
  return Object.fromEntries(said.map(([key, json]) => [walk.say(key), json])) as Json
}
