/** Text of a model that should be JSON and almost is: mended only where there is one way to read it. */

/**
 * Takes away what stands around the JSON (thinking in tags, a fence that encloses all, prose around one object)
 * and commas before a closing bracket. A list is taken only when it is all there is: prose has brackets of its own.
 * @returns the JSON text, or undefined where more than one reading is possible; it may still be invalid
 */
export function mendJson(text: string): string | undefined {
  const answer = withoutFence(text.replace(/^\s*<think>[\s\S]*?<\/think>/, '').trim())
  const { containers, stray, commas } = scan(answer)
  const [only] = containers
  if (only === undefined || containers.length > 1 || stray) return undefined
  const { start, end } = only
  if (answer.charAt(start) === '[' && end - start < answer.length) return undefined
  const edges = [start, ...commas.flatMap((at) => [at, at + 1]), end]
  let mended = ''
  for (let at = 0; at < edges.length; at += 2) mended += answer.slice(edges[at], edges[at + 1])
  return mended
}

function withoutFence(text: string): string {
  if (!text.startsWith('```') || !text.endsWith('```')) return text
  return text
    .slice(0, -3)
    .replace(/^```[\w-]*/, '')
    .trim()
}

interface Scan {
  /** objects and lists that stand in no other */
  readonly containers: readonly { readonly start: number; readonly end: number }[]
  /** a bracket without its partner */
  readonly stray: boolean
  /** commas with nothing after them but a closing bracket */
  readonly commas: readonly number[]
}

/** One pass. Quotes count inside of a container alone: prose has its own. */
function scan(text: string): Scan {
  const containers: { start: number; end: number }[] = []
  const commas: number[] = []
  let stray = false
  let depth = 0
  let start = 0
  let comma = -1
  let before = ''
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (isSpace(character)) continue
    if (character === '{' || character === '[') {
      if (depth++ === 0) start = at
    } else if (character === '}' || character === ']') {
      if (comma >= 0) commas.push(comma)
      if (depth === 0) stray = true
      else if (--depth === 0) containers.push({ start, end: at + 1 })
    } else if (character === '"' && depth > 0) {
      at = endOfString(text, at)
    }
    // `[,]` leaves out an element, which is something else
    comma = character === ',' && depth > 0 && before !== ',' && before !== '[' && before !== '{' ? at : -1
    before = character
  }
  return { containers, stray: stray || depth > 0, commas }
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\n' || character === '\r' || character === '\t'
}

function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text.charAt(at) === '\\') at++
    else if (text.charAt(at) === '"') return at
  }
  return text.length
}
