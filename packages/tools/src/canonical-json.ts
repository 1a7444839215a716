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
    const member = write(Reflect.get(value, key))
    if (member !== undefined) text += `${text === '{' ? '' : ','}${quoted(key)}:${member}`
  }
  return `${text}}`
}

/** Keys mostly stand in order already: the same model writes the same tool's arguments in one order. */
function inOrder(keys: string[]): string[] {
  return keys.every((key, at) => at === 0 || (keys[at - 1] ?? '') < key) ? keys : keys.sort()
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
