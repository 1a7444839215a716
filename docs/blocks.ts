/** The code blocks of a page, with what they print. */

export interface Block {
  /** its page and line: `guides/durability.md:12` */
  readonly place: string
  readonly code: string
  /** false for a block marked `no-run`: its types are checked, and that is all */
  readonly runs: boolean
  /** the `text` block that comes next, before any other code */
  readonly output: string | undefined
}

/** The ```ts blocks of a page in Markdown, in order. */
export function blocksOf(page: string, markdown: string): readonly Block[] {
  const fences = [...markdown.matchAll(/^```(\S*)([^\n]*)\n([\s\S]*?)^```$/gm)].map(
    ([, language, info = '', body = ''], index) => ({ language, info, body, index }),
  )
  const lineOf = lineCounter(markdown)
  return fences
    .filter(({ language }) => language === 'ts')
    .map(({ info, body, index }) => {
      const next = fences[index + 1]
      return {
        place: `${page}:${lineOf(body)}`,
        code: body,
        runs: info.trim() !== 'no-run',
        output: next?.language === 'text' ? next.body : undefined,
      }
    })
}

/** The line on which each body begins; bodies are asked for in their order. */
function lineCounter(markdown: string): (body: string) => number {
  let from = 0
  return (body) => {
    from = markdown.indexOf(body, from)
    const line = markdown.slice(0, from).split('\n').length
    from += body.length
    return line
  }
}
