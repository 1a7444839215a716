/** JSON data that will not change, and its text, which is therefore made once. A loop's history is made of it. */

const texts = new WeakMap<object, string>()

/** Freezes the data at every depth and remembers its text, so that a request that holds it is joined from texts. Mutates `value`. */
export function fixJson<T extends object>(value: T): T {
  if (texts.has(value)) return value
  texts.set(value, wellFormed(JSON.stringify(value), value))
  freeze(value)
  return value
}

/** The JSON text of a value; the remembered one where it is fixed. */
export function jsonText(value: object): string {
  return texts.get(value) ?? wellFormed(JSON.stringify(value), value)
}

/** The remembered text; undefined for what is not fixed. */
export function fixedText(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null ? texts.get(value) : undefined
}

export function isFixed(value: object): boolean {
  return texts.has(value)
}

function freeze(value: object): void {
  for (const inner of Object.values(value))
    if (typeof inner === 'object' && inner !== null && !Object.isFrozen(inner)) freeze(inner)
  Object.freeze(value)
}

/** Half of a surrogate pair is no text that a server takes: it becomes U+FFFD. `JSON.stringify` shows such halves as `\ud…`. */
function wellFormed(text: string, value: unknown): string {
  if (!text.includes('\\ud')) return text
  return JSON.stringify(value, (_, inner) => (typeof inner === 'string' ? inner.toWellFormed() : inner))
}
