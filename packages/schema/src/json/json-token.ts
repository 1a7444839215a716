/** The smallest parts of JSON text: numbers, literals, escapes. */

const numberForm = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** The value of a number or literal; undefined where it is neither. */
export function wordValue(word: string): number | boolean | null | undefined {
  if (numberForm.test(word)) return Number(word)
  if (word === 'true') return true
  if (word === 'false') return false
  return word === 'null' ? null : undefined
}

/** A digit, a minus, or the first letter of `true`, `false` and `null`. */
export function beginsWord(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x74 || code === 0x66 || code === 0x6e
}

/** Digits, letters, `+ - .`: what a number or a literal is made of, right or wrong. */
export function isWordCharacter(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x2d ||
    code === 0x2b ||
    code === 0x2e
  )
}

const escapes = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

/** The character for what stands after a backslash; empty while that is incomplete, undefined where it is no escape. */
export function unescaped(after: string): string | undefined {
  if (after.charAt(0) !== 'u') return escapes.get(after)
  if (!/^u[0-9a-fA-F]*$/.test(after)) return undefined
  return after.length === 5 ? String.fromCharCode(Number.parseInt(after.slice(1), 16)) : ''
}
