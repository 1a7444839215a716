/** What a tool gave, as JSON: a copy, so that nothing the tool does later changes what was recorded. */

import type { Json } from '@pawl/client'
import { type Say, wellFormed, withoutSecrets } from './secrets.ts'

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

/**
 * The same, with something done to each text and key; as they are, lone surrogates too, where nothing is given for it.
 * A number stays one unless that changes its text.
 */
export function saidJson(value: unknown, say?: Say): Json | undefined {
  return plain(value, { left: limits.values, say }, undefined)
}

interface Walk {
  /** how many values may still be written */
  left: number
  readonly say: Say | undefined
}

/** An object that is being written, and those that hold it. */
interface Holder {
  readonly object: object
  readonly above: Holder | undefined
  readonly depth: number
}

function plain(value: unknown, walk: Walk, above: Holder | undefined): Json | undefined {
  walk.left -= 1
  if (walk.left < 0) return walk.left === -1 ? '[left out]' : undefined
  if (typeof value === 'string') return said(value, walk)
  if (typeof value === 'number') return plainNumber(value, walk)
  if (typeof value === 'boolean') return value
  if (typeof value === 'object') return value === null ? null : plainObject(value, walk, above)
  return typeof value === 'bigint' ? said(value.toString(), walk) : undefined
}

function plainNumber(value: number, walk: Walk): Json {
  if (!Number.isFinite(value)) return said(String(value), walk)
  if (walk.say === undefined || walk.say === wellFormed) return value
  const text = said(String(value), walk)
  return text === String(value) ? value : text
}

function said(text: string, { say }: Walk): string {
  return say === undefined ? text : say(text)
}

function plainObject(object: object, walk: Walk, above: Holder | undefined): Json | undefined {
  for (let holder = above; holder !== undefined; holder = holder.above)
    if (holder.object === object) return '[circular]'
  const depth = above === undefined ? 0 : above.depth + 1
  return depth < limits.depth ? plainInside(object, walk, { object, above, depth }) : '[too deep]'
}

function plainInside(value: object, walk: Walk, here: Holder): Json | undefined {
  if (Array.isArray(value)) return plainItems(value, walk, here)
  if (Object.getPrototypeOf(value) !== Object.prototype) {
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid date' : said(value.toISOString(), walk)
    if (value instanceof Error) return { error: said(value.name, walk), message: said(value.message, walk) }
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`
    if (value instanceof Map && [...value.keys()].every((key) => typeof key === 'string'))
      return plainFields(Object.fromEntries(value), walk, here)
    if (value instanceof Map || value instanceof Set) return plainItems(value, walk, here)
  }
  if ('toJSON' in value && typeof value.toJSON === 'function') return plain(value.toJSON(), walk, here)
  return plainFields({ ...value }, walk, here)
}

function plainItems(items: Iterable<unknown>, walk: Walk, here: Holder): Json {
  const list: Json[] = []
  for (const item of items) {
    list.push(plain(item, walk, here) ?? null)
    if (walk.left < 0) break
  }
  return list
}

/** @param fields a copy, which is changed where that is needed: mostly it is JSON already */
function plainFields(fields: Record<string, unknown>, walk: Walk, here: Holder): Json {
  let fine = true
  for (const key in fields) {
    const before = fields[key]
    const json = plain(before, walk, here)
    if (json === undefined || said(key, walk) !== key) fine = false
    // What the application has hung on all objects is none of its fields.
    if (json !== before && Object.hasOwn(fields, key)) fields[key] = json
  }
  if (fine) return fields as Json
  const kept = Object.entries(fields).filter(([, json]) => json !== undefined)
  return Object.fromEntries(kept.map(([key, json]) => [said(key, walk), json])) as Json
}
