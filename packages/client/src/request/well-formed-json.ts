/** The JSON text of a value. Half of a surrogate pair is no text that a server takes: it becomes U+FFFD. */
export function wellFormedJson(value: unknown): string {
  const text = JSON.stringify(value)
  // `JSON.stringify` shows such halves as `\ud…`.
  if (!text.includes('\\ud')) return text
  return JSON.stringify(value, (_, inner) => (typeof inner === 'string' ? inner.toWellFormed() : inner))
}
