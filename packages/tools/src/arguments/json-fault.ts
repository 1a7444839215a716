/** Where a text stops being JSON, in words that do not repeat the text: it may hold what must not be repeated. */

/** The first place at which no valid JSON text could go on. */
export interface JsonFault {
  /** characters before it; the length of the text where that ends too early */
  readonly at: number
  readonly expected: string
}

type State = 'a value' | 'a value or "]"' | 'a key in double quotes' | 'a key in double quotes or "}"' | '":"' | 'end'
type Open = '{' | '['

// Strings are unrolled (plain, then escape and plain again), which keeps the match linear.
const token =
  /("[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\uffff]*)*")|((?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-]))|([[\]{},:])/y
const space = /[ \t\n\r]*/y

/** @returns undefined where the text is JSON */
export function jsonFault(text: string): JsonFault | undefined {
  const open: Open[] = []
  let state: State = 'a value'
  for (let at = 0; ; ) {
    space.lastIndex = at
    space.exec(text)
    at = space.lastIndex
    if (state === 'end' && open.length === 0 && at === text.length) return undefined
    token.lastIndex = at
    const found = token.exec(text)
    const next: State | undefined = found ? advance(state, found, open) : undefined
    if (next === undefined) return { at, expected: expected(state, open, text.charAt(at)) }
    state = next
    at = token.lastIndex
  }
}

function expected(state: State, open: readonly Open[], char: string): string {
  if (state !== 'end')
    return char === '"' && state !== '":"' ? 'a string with valid escapes and its closing quote' : state
  const inside = open.at(-1)
  if (inside === undefined) return 'the end of the text'
  return inside === '{' ? '"," or "}"' : '"," or "]"'
}

function advance(state: State, found: RegExpExecArray, open: Open[]): State | undefined {
  const [, text, literal, mark] = found
  switch (state) {
    case 'a key in double quotes':
    case 'a key in double quotes or "}"':
      if (text !== undefined) return '":"'
      return mark === '}' && state !== 'a key in double quotes' ? closed(open) : undefined
    case '":"':
      return mark === ':' ? 'a value' : undefined
    case 'a value':
    case 'a value or "]"':
      if (text !== undefined || literal !== undefined) return 'end'
      if (mark === '{' || mark === '[') {
        open.push(mark)
        return mark === '{' ? 'a key in double quotes or "}"' : 'a value or "]"'
      }
      return mark === ']' && state !== 'a value' ? closed(open) : undefined
    case 'end': {
      const inside = open.at(-1)
      if (inside === undefined) return undefined
      if (mark === ',') return inside === '{' ? 'a key in double quotes' : 'a value'
      return mark === (inside === '{' ? '}' : ']') ? closed(open) : undefined
    }
  }
}

function closed(open: Open[]): State {
  open.pop()
  return 'end'
}
