/**
 * What a tool gave, as the model reads it: a text as it is, everything else as JSON by one rule. Nothing throws but a
 * getter or `toJSON` of the value itself.
 *
 * undefined → "done, no output" · Date → ISO text · bigint → decimal text · Map → list of pairs (an object where all keys
 * are texts) · Set → list · Error → its name and message · bytes → how many · NaN and infinities → their names ·
 * functions and symbols → left out · a value that holds itself → "[circular]"
 */
export function outputText(value: unknown): string {
  if (typeof value === 'string') return value.toWellFormed()
  if (value === undefined) return 'done, no output'
  return JSON.stringify(plain(value, [])) ?? 'done, no output'
}

function plain(value: unknown, above: readonly object[]): unknown {
  switch (typeof value) {
    case 'bigint':
      return value.toString()
    case 'number':
      return Number.isFinite(value) ? value : String(value)
    case 'string':
      return value.toWellFormed()
    case 'object':
      return value === null ? null : plainObject(value, above)
    default:
      return typeof value === 'boolean' ? value : undefined
  }
}

function plainObject(value: object, above: readonly object[]): unknown {
  if (above.includes(value)) return '[circular]'
  if (above.length >= 100) return '[too deep]'
  const inside = [...above, value]
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString()
  if (value instanceof Error) return { error: value.name, message: value.message }
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`
  if (value instanceof Set) return [...value].map((item) => plain(item, inside) ?? null)
  if (value instanceof Map) {
    const pairs = [...value].map(([key, item]) => [plain(key, inside) ?? null, plain(item, inside) ?? null] as const)
    return pairs.every(([key]) => typeof key === 'string') ? ownFields(pairs as [string, unknown][]) : pairs
  }
  if (Array.isArray(value)) return value.map((item) => plain(item, inside) ?? null)
  if ('toJSON' in value && typeof value.toJSON === 'function') return plain(value.toJSON(), inside)
  return ownFields(Object.entries(value).map(([key, item]) => [key, plain(item, inside)]))
}

/** `Object.fromEntries` defines own fields, so a field named `__proto__` stays a field. */
function ownFields(pairs: readonly [string, unknown][]): object {
  return Object.fromEntries(pairs)
}
