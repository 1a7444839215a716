/**
 * JSON text with the keys of every object in order: equal data has equal text, different data a different one.
 * Takes decoded arguments too: big integers and dates stand as text, maps as lists of pairs, sets as lists.
 * What JSON cannot say is left out as `JSON.stringify` does.
 */
export function canonicalJson(value: unknown): string {
  return write(value) ?? 'null'
}

function write(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return quoted(value)
    case 'number':
      return Number.isFinite(value) ? String(value) : `"${value}"`
    case 'boolean':
      return String(value)
    case 'bigint':
      return `"${value}"`
    case 'object':
      return value === null ? 'null' : writeObject(value)
    default:
      return undefined
  }
}

function writeObject(value: object): string | undefined {
  if (Array.isArray(value)) return writeList(value)
  if (value instanceof Map || value instanceof Set) return writeList([...value])
  if ('toJSON' in value && typeof value.toJSON === 'function') return write(value.toJSON())
  let text = '{'
  for (const key of inOrder(Object.keys(value))) {
    const member = write((value as Record<string, unknown>)[key])
    if (member !== undefined) text += `${text === '{' ? '' : ','}${quoted(key)}:${member}`
  }
  return `${text}}`
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

function writeList(items: readonly unknown[]): string {
  let text = ''
  for (let at = 0; at < items.length; at += 1) text += `${at === 0 ? '' : ','}${write(items[at]) ?? 'null'}`
  return `[${text}]`
}

/** Most texts have nothing to escape, and a look at them costs less than `JSON.stringify`. */
function quoted(text: string): string {
  return /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/.test(text) ? `"${text}"` : JSON.stringify(text)
}
