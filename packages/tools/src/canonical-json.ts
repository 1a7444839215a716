/**
 * JSON text with the keys of every object in order: equal data has equal text, different data a different one.
 * Takes decoded arguments too: big integers and dates stand as text, maps as lists of pairs, sets as lists.
 * What JSON cannot say is left out as `JSON.stringify` does.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(canonical(value)) ?? 'null'
}

/** The same data as JSON has it, with keys in order: itself where it is so already. */
function canonical(value: unknown): unknown {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? value : String(value)
    case 'bigint':
      return String(value)
    case 'object':
      return value === null ? null : canonicalObject(value)
    default:
      return value
  }
}

function canonicalObject(value: object): unknown {
  if (Array.isArray(value)) return canonicalList(value)
  if (value instanceof Map || value instanceof Set) return canonicalList([...value])
  if ('toJSON' in value && typeof value.toJSON === 'function') return canonical(value.toJSON())
  const keys = Object.keys(value)
  const ordered: Record<string, unknown> = keys.includes('__proto__') ? Object.create(null) : {}
  for (const key of inOrder(keys)) ordered[key] = canonical((value as Record<string, unknown>)[key])
  return ordered
}

function canonicalList(items: readonly unknown[]): readonly unknown[] {
  let changed: unknown[] | undefined
  for (let at = 0; at < items.length; at += 1) {
    const item = canonical(items[at])
    if (item !== items[at]) changed ??= [...items]
    if (changed) changed[at] = item
  }
  return changed ?? items
}

let last: { readonly keys: readonly string[]; readonly sorted: readonly string[] } = { keys: [], sorted: [] }

/** Objects of one kind come one after the other: their keys are put in order once. */
function inOrder(keys: readonly string[]): readonly string[] {
  if (!sameKeys(keys, last.keys)) last = { keys, sorted: keys.toSorted() }
  return last.sorted
}

function sameKeys(keys: readonly string[], others: readonly string[]): boolean {
  if (keys.length !== others.length) return false
  for (let at = 0; at < keys.length; at += 1) if (keys[at] !== others[at]) return false
  return true
}
