/** A part of a text and where it starts. */
export interface Portion {
  readonly text: string
  readonly start: number
}

const size = 2_000

/**
 * A text in portions of about 2,000 characters, cut at line ends where there are any: the finders of names and dates
 * take more than twice as long for twice the text. Runs of more than 100 characters without a space are blanked; no name is so long.
 */
export function portionsOf(text: string): readonly Portion[] {
  const plain = text.replace(/\S{100,}/g, (run) => ' '.repeat(run.length))
  const portions: Portion[] = []
  for (let start = 0; start < plain.length; ) {
    const end = Math.min(plain.length, start + size)
    const line = plain.lastIndexOf('\n', end)
    const space = plain.lastIndexOf(' ', end)
    const cut = end === plain.length ? end : line > start ? line : space > start ? space : end
    portions.push({ text: plain.slice(start, cut), start })
    start = cut
  }
  return portions
}
