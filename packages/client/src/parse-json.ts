/**
 * The one place where JSON from the wire becomes values. Keys that could reach a prototype (`__proto__`, and
 * `constructor` with a `prototype`) are dropped; everything else is kept.
 * @throws SyntaxError where the text is not JSON
 */
export function parseJson(text: string): unknown {
  // Almost no text holds these names, and looking for them costs little beside the parse.
  if (!text.includes('__proto__') && !text.includes('constructor') && !text.includes('\\u')) return JSON.parse(text)
  return JSON.parse(text, (key, value) => {
    if (key === '__proto__') return undefined
    if (key === 'constructor' && typeof value === 'object' && value !== null && 'prototype' in value) return undefined
    return value
  })
}
