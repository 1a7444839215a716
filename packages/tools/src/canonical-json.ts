/**
 * JSON text with the keys of every object in order: equal data has equal text, different data a different one.
 * Takes decoded arguments too: big integers and dates stand as text, maps as lists of pairs, sets as lists.
 * What JSON cannot say is left out as `JSON.stringify` does.
 */
export function canonicalJson(value: unknown): string {
  return write(value) ?? 'null'
}

function write(value: unknown): string | undefined {
  if (typeof value === 'bigint') return `"${value}"`
  if (typeof value === 'number' && !Number.isFinite(value)) return `"${value}"`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((item) => write(item) ?? 'null').join(',')}]`
  if (value instanceof Map || value instanceof Set) return write([...value])
  if ('toJSON' in value && typeof value.toJSON === 'function') return write(value.toJSON())
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  const written = members.flatMap(([key, member]) => {
    const text = write(member)
    return text === undefined ? [] : [`${JSON.stringify(key)}:${text}`]
  })
  return `{${written.join(',')}}`
}
