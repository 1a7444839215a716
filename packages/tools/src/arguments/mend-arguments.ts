/** Mends JSON only where there is one reading. What is cut off, or open to a guess, stays broken. */

/**
 * Takes off a code fence around all of it and a byte order mark, drops a comma before a closing bracket, escapes raw
 * control characters inside a string. One pass; the result need not be JSON: parse it to see.
 * @returns undefined where there is nothing to mend
 */
export function mendArguments(text: string): { readonly text: string; readonly repair: string } | undefined {
  const bare = withoutFence(text.replace(/^\uFEFF/, ''))
  const mended = mendTokens(bare.text)
  const repairs = [
    bare.fenced && 'a code fence around the arguments was taken off',
    mended.commas > 0 && 'a trailing comma was taken out',
    mended.controls > 0 && 'line breaks inside a string were escaped',
  ].filter((repair) => repair !== false)
  if (mended.text === text) return undefined
  return { text: mended.text, repair: repairs.join(', ') || 'a byte order mark was taken off' }
}

function withoutFence(text: string): { readonly text: string; readonly fenced: boolean } {
  const trimmed = text.trim()
  const firstLine = trimmed.indexOf('\n')
  if (!trimmed.startsWith('```') || firstLine === -1) return { text, fenced: false }
  const inside = trimmed.slice(firstLine + 1)
  return { text: inside.endsWith('```') ? inside.slice(0, -3) : inside, fenced: true }
}

/** Knows only whether it stands inside a string, and what stood last outside of one. */
function mendTokens(text: string): { readonly text: string; readonly commas: number; readonly controls: number } {
  const pieces: string[] = []
  const count = { commas: 0, controls: 0 }
  let [kept, inString, last] = [0, false, '']
  const replace = (at: number, by: string) => {
    pieces.push(text.slice(kept, at), by)
    kept = at + 1
  }
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at)
    if (inString) {
      if (char === '\\') at += 1
      else if (char === '"') inString = false
      else if (char < ' ') {
        replace(at, JSON.stringify(char).slice(1, -1))
        count.controls += 1
      }
      continue
    }
    // A comma with nothing before it may stand for something that is missing.
    if (char === ',' && closesNext(text, at + 1) && !['', '[', '{', ',', ':'].includes(last)) {
      replace(at, '')
      count.commas += 1
    }
    inString = char === '"'
    if (char > ' ') last = char
  }
  return { text: pieces.join('') + text.slice(kept), ...count }
}

function closesNext(text: string, from: number): boolean {
  let at = from
  while (at < text.length && text.charAt(at) <= ' ') at += 1
  return text.charAt(at) === '}' || text.charAt(at) === ']'
}
